// Runs before every root script, on whatever Node the PATH has and without node_modules: only built-in modules here.
// Installs what package-lock.json says when node_modules does not hold it yet, and makes sure that the pinned Node is
// the one that the script then finds. Speaks on stderr, so that a script's own output can be piped.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const OLDEST_INSTALLER = 20

const root = fileURLToPath(new URL('../../../', import.meta.url))
const modules = `${root}node_modules`
const stamp = `${modules}/.ac-installed`
const nodeLink = `${modules}/.bin/node`
const platform = `${process.platform}-${process.arch}`
const pinned = `node-${platform === 'darwin-arm64' ? 'bin-darwin-arm64' : platform}`

/** @param {string} sentence */
const say = (sentence) => process.stderr.write(`${sentence}\n`)

/**
 * @param {string} sentence
 * @param {number} [exitCode]
 * @returns {never}
 */
function fail(sentence, exitCode = 1) {
  say(sentence)
  process.exit(exitCode)
}

/** What node_modules must have been made from. A tree shared between two systems is installed anew on each. */
const wanted = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .update(platform)
  .digest('hex')
const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted

/** The npm that runs this script, else the one on the PATH. npm_execpath may also be another package manager's. */
function npmCommand() {
  const script = process.env['npm_execpath']
  if (script === undefined || basename(script) !== 'npm-cli.js' || !existsSync(script)) return ['npm']
  // npm says which Node it runs on. process.execPath can be the pinned copy, which the install is about to replace.
  const node = process.env['npm_node_execpath']
  return [node !== undefined && existsSync(node) ? node : process.execPath, script]
}

function install() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < OLDEST_INSTALLER)
    fail(`Node ${OLDEST_INSTALLER} or newer is needed to install; this is ${process.version}.`)
  say('Installing the packages of package-lock.json into node_modules; this takes from half a minute to a few minutes.')
  const start = Date.now()
  const [command = 'npm', ...script] = npmCommand()
  // npm clears node_modules only after it has read the lock: without this, a stamp could outlive a failed install.
  rmSync(stamp, { force: true })
  const { status, signal, error } = spawnSync(
    command,
    [
      ...script,
      'ci',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--no-progress',
      '--loglevel=error',
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  if (error) fail(`npm could not be started: ${error.message}.`)
  if (signal)
    fail(`The install was stopped by ${signal}; the next start begins it again.`, signal === 'SIGINT' ? 130 : 143)
  if (status !== 0) fail(`npm ci failed with exit code ${status}; its own message is above.`, status ?? 1)
  repairNodeLink()
  writeFileSync(stamp, wanted)
  say(`Installed in ${Math.round((Date.now() - start) / 1000)} s.`)
}

/** npm 10 loses or misdirects the link of a command that the lock file lists for several platforms. */
function repairNodeLink() {
  const binary = `${modules}/${pinned}/bin/node`
  rmSync(nodeLink, { force: true })
  if (!existsSync(binary) || spawnSync(binary, ['--version']).status !== 0) return
  mkdirSync(`${modules}/.bin`, { recursive: true })
  symlinkSync(`../${pinned}/bin/node`, nodeLink)
}

/** Without a pinned Node, the Node on the PATH runs everything, and must be one that package.json allows. */
function requireFittingNode() {
  if (existsSync(nodeLink)) return
  /** @type {{ engines: { node: string } }} */
  const { engines } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const [, least = '', below = ''] = /^>=([\d.]+) <(\d+)$/.exec(engines.node) ?? []
  const isFitting =
    process.versions.node.localeCompare(least, 'en', { numeric: true }) >= 0 &&
    Number.parseInt(process.versions.node) < Number(below)
  if (isFitting) return
  fail(`No pinned Node runs on ${platform}, and this is ${process.version}: install a Node that is ${engines.node}.`)
}

if (process.argv.includes('--installed')) writeFileSync(stamp, wanted)
if (!isInstalled()) install()
else if (!existsSync(nodeLink)) repairNodeLink()
requireFittingNode()
