import { describe, expect, it } from '@jest/globals'
import { InvalidRequest } from '../errors/request-errors.ts'
import { entityTag, readIfMatch } from './entity-tag.ts'

describe('If-Match', () => {
  it('names nothing when it is not there', () => {
    expect(readIfMatch(undefined)).toBeUndefined()
  })

  it.each<[string, readonly number[]]>([
    ['*', [0, 1, 2, 3]],
    [entityTag(2), [2]],
    ['"1", "3"', [1, 3]],
    ['"1","3"', [1, 3]],
    ['"1"\t,\t"x" , W/"2"', [1]],
    ['W/"2"', []],
    ['""', []],
    ['"2 "'.replace(' ', '!'), []],
    ['"02"', []],
    ['"1,2"', []],
    ['"\u00ff"', []],
  ])('%s names the versions %j', (header, versions) => {
    expect([0, 1, 2, 3].filter((version) => readIfMatch(header)?.(version))).toEqual(versions)
  })

  it.each([
    '',
    ' ',
    '2',
    '"2',
    '2"',
    "'2'",
    '*, "2"',
    '"2" "3"',
    '"2",',
    ',"2"',
    '"2""3"',
    'w/"2"',
    '"a b"',
    '"\u007f"',
    '**',
  ])('is refused as malformed: %j', (header) => {
    expect(() => readIfMatch(header)).toThrow(InvalidRequest)
  })
})
