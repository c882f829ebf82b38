export { KeyInitialiser, type KeyInitialiserDeps } from './key-initialiser.ts'
export { KeyRevoker, type KeyRevokerDeps, type RevocationRequest } from './key-revoker.ts'
export { KeyRewrapper, type KeyRewrapperDeps } from './key-rewrapper.ts'
export { KeyRing, type KeyRingDeps } from './key-ring.ts'
export {
  KeyRotator,
  type KeyRotatorDeps,
  type Rotation,
  type RotationPolicy,
  type RotationRequest,
} from './key-rotator.ts'
export type { KeyCipher } from './ports/key-cipher.ts'
export type { KeyPairs, Signer } from './ports/key-pairs.ts'
export type { KeySet, KeySetChange, SigningKeyStore } from './ports/signing-key-store.ts'
export { representRotation, type RotationRepresentation } from './rotation-representation.ts'
export { RotationTooSoon, type RotationLimit } from './rotation-too-soon.ts'
export { SealedKeyRejected, type SealedKeyFault } from './sealed-key-rejected.ts'
export type { KeyPair, PublicKey, SigningKey, SigningKeyStatus, StoredKey } from './signing-key.ts'
export { SigningKeyRevoked } from './signing-key-revoked.ts'
export { representSigningKey, type SigningKeyRepresentation } from './signing-key-representation.ts'
export { UnknownSigningKey } from './unknown-signing-key.ts'
