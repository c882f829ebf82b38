export { TokenRejected, type TokenRejectionReason } from './token-rejected.ts'
export type { ValidToken } from './valid-token.ts'
