import type { TokenId } from '@ac/kernel'

/** Makes a `jti` out of at least 128 random bits. */
export type NewTokenId = () => TokenId
