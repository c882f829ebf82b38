declare const brand: unique symbol

/** A string that only its own constructor function can make. Costs nothing at run time. */
export type Branded<Name extends string> = string & { readonly [brand]: Name }

/** Identifies a registered client; the `client_id` of RFC 6749 and the `sub` of its tokens. */
export type ClientId = Branded<'ClientId'>

/** Identifies one secret of a client. Never secret itself. */
export type SecretId = Branded<'SecretId'>

/** Identifies a signing key; the `kid` of RFC 7517, always the key's RFC 7638 thumbprint. */
export type KeyId = Branded<'KeyId'>

/** Identifies one access token; its `jti` (RFC 7519 section 4.1.7), at least 128 random bits. */
export type TokenId = Branded<'TokenId'>

/** Takes `text` as a client id without asking whether such a client exists. */
export const clientId = (text: string): ClientId => text as ClientId

/** Takes `text` as the id of a client's secret. */
export const secretId = (text: string): SecretId => text as SecretId

/** Takes `text`, an RFC 7638 thumbprint in base64url, as a key id. */
export const keyId = (text: string): KeyId => text as KeyId

/** Takes `text` as a token id. */
export const tokenId = (text: string): TokenId => text as TokenId
