import preset from '../jest/preset.mjs'

export default {
  ...preset,
  // These need Debian's prometheus and prometheus-alertmanager: jest.infra.config.mjs.
  testPathIgnorePatterns: ['[.]infra[.]spec[.]ts$'],
}
