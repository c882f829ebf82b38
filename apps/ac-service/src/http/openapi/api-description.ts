import { Injectable } from '@nestjs/common'

/** Gives the OpenAPI document of the API that it belongs to; made once, when somebody first asks. */
@Injectable()
export class ApiDescription {
  #make: () => Promise<object> = () => Promise.reject(new Error('nobody said how the API is described'))
  #document: Promise<object> | undefined

  /** The application describes itself, so only it can say how, once it is put together. */
  isMadeBy(make: () => Promise<object>): void {
    this.#make = make
  }

  document(): Promise<object> {
    return (this.#document ??= this.#make())
  }
}
