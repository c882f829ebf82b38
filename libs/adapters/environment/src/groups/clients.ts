import { defaulted } from '../environment-variable.ts'
import { scopesByType } from '../formats/scopes-by-type.ts'
import { part, type PartValue } from '../reading/part.ts'

const DEFAULT_TYPES = [
  'global-controller=service.write.mc internal:meeting-token',
  'meeting-controller=service.write.mh service.write.gc',
  'media-handler=service.write.mc service.write.gc',
]

const clientsVariables = {
  serviceTypes: defaulted(DEFAULT_TYPES.join(';'), {
    name: 'AC_SERVICE_TYPE_SCOPES',
    description: 'types of service that can be registered, and the scopes that each gets',
    format: scopesByType,
  }),
}

export const clients = part(clientsVariables, (values) => values)

/** What clients are given unless somebody decides otherwise. */
export type ClientsConfig = PartValue<typeof clients>
