export { sourceNetwork } from './source-network.ts'
