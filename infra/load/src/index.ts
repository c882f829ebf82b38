export { openLoad, type OpenLoad, type Outcome } from './open-load.ts'
