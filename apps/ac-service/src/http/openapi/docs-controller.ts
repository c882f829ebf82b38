import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Controller, Get, Header, Inject, NotFoundException, Param, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { ApiDescription } from './api-description.ts'
import { Describes } from './operation.ts'
import { READ_ASSET, READ_DOCUMENT, READ_PAGE } from './docs.openapi.ts'

/** Nothing from elsewhere and no inline script. Swagger UI styles itself inline, and draws with images it carries along. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const START = `SwaggerUIBundle({
  url: new URL('../openapi.json', document.currentScript.src).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  validatorUrl: null,
})
`

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ac-service</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</html>
`

interface Asset {
  readonly type: string
  readonly read: () => Promise<string | Uint8Array>
}

const DAY = 'public, max-age=86400'

/** The API's description for programs, and a page over it for people: Swagger UI, out of this very process. */
@Controller()
export class DocsController {
  /** All that the page needs; nothing else of the package is served. */
  readonly #assets: ReadonlyMap<string, Asset> = new Map([
    ['start.js', { type: 'text/javascript; charset=utf-8', read: async () => START }],
    ['swagger-ui-bundle.js', ofPackage('swagger-ui-bundle.js', 'text/javascript; charset=utf-8')],
    ['swagger-ui.css', ofPackage('swagger-ui.css', 'text/css; charset=utf-8')],
    ['favicon-32x32.png', ofPackage('favicon-32x32.png', 'image/png')],
  ])

  constructor(@Inject(ApiDescription) private readonly description: ApiDescription) {}

  @Get('/openapi.json')
  @Describes(READ_DOCUMENT)
  @Header('Cache-Control', 'public, max-age=300')
  document(): Promise<object> {
    return this.description.document()
  }

  @Get('/docs')
  @Describes(READ_PAGE)
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', POLICY)
  @Header('Referrer-Policy', 'no-referrer')
  @Header('Cache-Control', DAY)
  page(): string {
    return PAGE
  }

  @Get('/docs/:asset')
  @Describes(READ_ASSET)
  async asset(
    @Param('asset') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Uint8Array> {
    const asset = this.#assets.get(name)
    if (!asset) throw new NotFoundException()
    void reply.type(asset.type).header('cache-control', DAY)
    return asset.read()
  }
}

/** Read when it is asked for: the browser keeps it. */
const ofPackage = (file: string, type: string): Asset => ({
  type,
  read: () => readFile(createRequire(import.meta.url).resolve(`swagger-ui-dist/${file}`)),
})
