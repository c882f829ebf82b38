import type { Operation } from './operation.ts'
import { NOT_FOUND } from './schemas/errors.ts'

/** `GET /openapi.json`. */
export const READ_DOCUMENT: Operation = {
  operationId: 'readOpenApiDocument',
  tags: ['documentation'],
  summary: 'This document',
  security: [],
  responses: {
    '200': {
      description: 'OpenAPI 3.1.',
      content: {
        'application/json': {
          schema: { type: 'object', required: ['openapi', 'info', 'paths'] },
          examples: {
            document: { value: { openapi: '3.1.0', info: { title: 'ac-service', version: '1.0.0' }, paths: {} } },
          },
        },
      },
    },
  },
}

/** `GET /docs`. */
export const READ_PAGE: Operation = {
  operationId: 'readDocs',
  tags: ['documentation'],
  summary: 'Swagger UI over this document',
  security: [],
  responses: { '200': { description: 'A page that loads nothing from elsewhere.' } },
}

/** `GET /docs/{asset}`. */
export const READ_ASSET: Operation = {
  operationId: 'readDocsAsset',
  tags: ['documentation'],
  summary: 'A file that the page needs',
  security: [],
  parameters: [
    { name: 'asset', in: 'path', required: true, description: 'Name of the file.', schema: { type: 'string' } },
  ],
  responses: { '200': { description: 'The file.' }, '404': NOT_FOUND },
}
