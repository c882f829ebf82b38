import { DomainError } from '@ac/kernel'

const MESSAGES = {
  answered_no: 'nothing was changed',
  nobody_to_ask: 'nothing was changed: this cannot be undone, so without a terminal to ask on it needs --yes',
} as const

/** Nobody said that an act which cannot be undone is meant. Nothing was done. */
export class NotConfirmed extends DomainError {
  readonly code = 'not_confirmed'

  constructor(readonly reason: keyof typeof MESSAGES) {
    super(MESSAGES[reason])
  }
}
