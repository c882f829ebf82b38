import { formatScope, type Origin, type Scope } from '@ac/kernel'
import type { Administrator } from './administrator.ts'
import type { ClientRegistrar, Registration } from '../client-registrar.ts'
import { InvalidClientMetadata } from '../invalid-client-metadata.ts'

/** What a service of one type may ask for unless somebody decides otherwise. */
export interface ServiceType {
  readonly name: string
  readonly scopes: readonly Scope[]
}

/** What {@link ServiceRegistrar} needs. */
export interface ServiceRegistrarDeps {
  readonly registrar: Pick<ClientRegistrar, 'register'>
  readonly serviceTypes: readonly ServiceType[]
}

/** Registers services of the platform by their type, which decides their scopes. */
export class ServiceRegistrar {
  readonly #deps: ServiceRegistrarDeps

  constructor(deps: ServiceRegistrarDeps) {
    this.#deps = deps
  }

  /**
   * Registers a client with the scopes of `serviceType`.
   * @throws {InvalidClientMetadata} there is no such type, or the region breaks its rule
   * @throws {PrivilegeMissing} the type has a privileged scope that `by` does not hold
   * @throws {Overloaded} too many hashes are waiting
   * @throws {Unavailable} the storage does not answer; whether the client was registered is not known
   */
  async register(serviceType: string, region: string, by: Administrator, origin: Origin): Promise<Registration> {
    const { registrar, serviceTypes } = this.#deps
    const type = serviceTypes.find(({ name }) => name === serviceType)
    if (!type) {
      const names = serviceTypes.map(({ name }) => name).join(', ')
      throw new InvalidClientMetadata('service_type', `the types of service are ${names || 'not configured'}`)
    }
    const metadata = { name: `${type.name} (${region})`, serviceType, region, scope: formatScope(type.scopes) }
    return registrar.register(metadata, by, origin)
  }
}
