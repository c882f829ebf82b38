import { describe, expect, it } from '@jest/globals'

import { missingPackages } from '../src/complete-lockfile.mjs'

describe('missingPackages', () => {
  it('describes an absent optional package the way npm would', () => {
    const packages = {
      'node_modules/swc': {
        dev: true,
        optionalDependencies: { '@swc/core-linux-arm-gnueabihf': '1.2.3', 'nx-win32-x64-msvc': '^2.0.0-beta.1' },
      },
    }
    expect(missingPackages({ packages })).toEqual({
      'node_modules/@swc/core-linux-arm-gnueabihf': {
        version: '1.2.3',
        dev: true,
        cpu: ['arm'],
        libc: ['glibc'],
        optional: true,
        os: ['linux'],
      },
      'node_modules/nx-win32-x64-msvc': {
        version: '2.0.0-beta.1',
        dev: true,
        cpu: ['x64'],
        optional: true,
        os: ['win32'],
      },
    })
  })

  it('finds a package at the root or below the one that asks for it', () => {
    const packages = {
      'node_modules/a/node_modules/b': { optionalDependencies: { 'c-linux-x64': '1.0.0', 'd-linux-x64': '1.0.0' } },
      'node_modules/a/node_modules/c-linux-x64': {},
      'node_modules/d-linux-x64': {},
    }
    expect(missingPackages({ packages })).toEqual({})
  })

  it('does not take another package of the same name, out of reach, for the one that is asked for', () => {
    const packages = {
      'node_modules/a': { optionalDependencies: { 'c-linux-x64': '1.0.0' } },
      'node_modules/b/node_modules/c-linux-x64': {},
    }
    expect(Object.keys(missingPackages({ packages }))).toEqual(['node_modules/c-linux-x64'])
  })

  it('refuses to guess the platform of a package whose name tells none', () => {
    const packages = { 'node_modules/a': { optionalDependencies: { fast: '1.0.0' } } }
    expect(() => missingPackages({ packages })).toThrow('the name of the optional package fast tells no platform')
  })

  it('refuses to guess a version out of a range', () => {
    const packages = { 'node_modules/a': { optionalDependencies: { 'c-linux-x64': '>=1 <3' } } }
    expect(() => missingPackages({ packages })).toThrow('asks for c-linux-x64 >=1 <3, not for a version')
  })
})
