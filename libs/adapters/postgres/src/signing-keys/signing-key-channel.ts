/** Where the database tells that signing keys have changed. The trigger of migration 0005 names it too. */
export const SIGNING_KEY_CHANNEL = 'ac_signing_keys'
