import { Controller, Get, Header, Inject, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { METRICS } from '../composition/tokens.ts'
import type { MetricsPage } from './metrics-page.ts'

/** What Prometheus scrapes. */
@Controller()
export class MetricsController {
  constructor(@Inject(METRICS) private readonly metrics: MetricsPage) {}

  @Get('/metrics')
  @Header('Cache-Control', 'no-store')
  async expose(@Req() { headers }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { contentType, body } = await this.metrics.expose(headers.accept)
    void reply.header('content-type', contentType).header('vary', 'accept')
    return body
  }
}
