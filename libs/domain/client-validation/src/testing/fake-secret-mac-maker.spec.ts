import { FakeSecretMacMaker } from './fake-secret-mac-maker.ts'
import { secretMacMakerContract } from './secret-mac-maker-contract.ts'

secretMacMakerContract('FakeSecretMacMaker', (keySeed) => new FakeSecretMacMaker(keySeed))
