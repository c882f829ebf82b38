import type { ClientWithSecrets } from '../client.ts'

/** `found` with its MACs as arrays of numbers: drivers give their own kinds of byte array, which compare as unequal. */
export const plainClient = (found: ClientWithSecrets | undefined): unknown =>
  found && {
    client: found.client,
    secrets: found.secrets.map(({ mac, ...rest }) => ({ ...rest, mac: { ...mac, mac: [...mac.mac] } })),
  }
