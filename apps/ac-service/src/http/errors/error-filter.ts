import { DomainError, type Log } from '@ac/kernel'
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { LOG, REALM, ROUTES } from '../../composition/tokens.ts'
import type { RouteTable } from '../requests/route-table.ts'
import { ANSWERS, FRAMEWORK_ANSWERS, MALFORMED, UNFORESEEN, type Answer, type AnsweredCode } from './answers.ts'
import { challenge } from './challenges.ts'
import { FailureLog } from './failure-log.ts'

/** Turns every error, ours and the framework's, into one answer in one form, without a word of the request in it. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  readonly #log: Log
  readonly #failures: FailureLog
  readonly #routes: RouteTable
  readonly #realm: string

  constructor(@Inject(LOG) log: Log, @Inject(ROUTES) routes: RouteTable, @Inject(REALM) realm: string) {
    this.#log = log
    this.#failures = new FailureLog(log)
    this.#routes = routes
    this.#realm = realm
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    request.failure = error
    const allow = request.is404 ? this.#routes.methodsOf(request.raw.url ?? '') : ''
    const answer = (allow ? FRAMEWORK_ANSWERS[405] : undefined) ?? answerTo(error)
    this.#logFailure(error, answer, request)
    if (allow) void reply.header('allow', allow)
    if (answer.challenge) {
      void reply.header('www-authenticate', challenge(answer.challenge, this.#realm, answer.error, error as Error))
    }
    const retryAfter = retryAfterSeconds(error, answer)
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter)
    // Whatever is left of the body would be taken for the next request.
    if (answer.status === 413 || answer.status === 408) void reply.header('connection', 'close')
    void reply
      .status(answer.status)
      .header('cache-control', 'no-store')
      .send({ error: answer.error, error_description: answer.description ?? (error as Error).message })
  }

  #logFailure(error: unknown, answer: Answer, request: FastifyRequest): void {
    if (answer === UNFORESEEN) {
      const { name, message, stack } = error instanceof Error ? error : new Error('not an error')
      this.#log.error('a request failed for a reason that nobody foresaw', {
        request_id: request.id,
        error: `${name}: ${message}`,
        stack,
      })
    } else if (answer.status === 503 && error instanceof DomainError) {
      this.#failures.note(error, request.id)
    }
  }
}

function answerTo(error: unknown): Answer {
  if (error instanceof DomainError && error.code in ANSWERS) return ANSWERS[error.code as AnsweredCode]
  const status = statusOf(error)
  if (status === undefined || status >= 500) return UNFORESEEN
  return FRAMEWORK_ANSWERS[status] ?? MALFORMED
}

/** Whole seconds; an error that knows them is asked before its row. */
function retryAfterSeconds(error: unknown, answer: Answer): number | undefined {
  if (error instanceof DomainError && 'retryAfterSeconds' in error && typeof error.retryAfterSeconds === 'number') {
    return error.retryAfterSeconds
  }
  if (answer.retryAfterSeconds === undefined) return undefined
  // Not all at the same moment.
  return answer.retryAfterSeconds + Math.floor(Math.random() * 3)
}

/** The status that Nest or Fastify chose for an error of theirs. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus()
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') return error.statusCode
  return undefined
}
