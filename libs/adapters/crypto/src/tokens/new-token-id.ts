import { tokenId } from '@ac/kernel'
import type { NewTokenId } from '@ac/token-issuance'
import { pooledRandomBytes } from '../random/pooled-random-bytes.ts'

/** 128 random bits as 22 characters of base64url. */
export const newTokenId: NewTokenId = () => tokenId(Buffer.from(pooledRandomBytes(16)).toString('base64url'))
