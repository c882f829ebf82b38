import { Controller, Get, Header, HttpCode, Inject, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { READINESS } from '../composition/tokens.ts'
import type { Readiness, ReadinessReport } from '../lifecycle/readiness.ts'

/** What Kubernetes asks. Neither answer waits for anything. */
@Controller()
export class ProbesController {
  constructor(@Inject(READINESS) private readonly readiness: Readiness) {}

  /** Liveness: the process can answer. No dependency is asked, or a lost database would restart every replica. */
  @Get('/health')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  health(): { readonly status: 'ok' } {
    return { status: 'ok' }
  }

  /** Readiness: the process can do its work. */
  @Get('/ready')
  @Header('Cache-Control', 'no-store')
  ready(@Res({ passthrough: true }) reply: FastifyReply): ReadinessReport {
    const report = this.readiness.report()
    void reply.status(report.status === 'ready' ? 200 : 503)
    return report
  }
}
