/** One function for each type, and a compile error where one is missing. */

type Typed = { type: string };

/** For each type of a union what to do with it. */
export type Cases<Union extends Typed, More extends unknown[], Result> = {
  [Type in Union["type"]]: (value: Extract<Union, { type: Type }>, ...more: More) => Result;
};

/**
 * Does with a value what its type asks for.
 *
 * @throws Error for a type that was not there when the site was compiled
 */
export function match<Union extends Typed, More extends unknown[], Result>(
  value: Union,
  cases: Cases<Union, More, Result>,
  ...more: More
): Result {
  // TypeScript cannot see that the function found by a type takes the value of that type.
  const known = cases as unknown as Record<string, (value: Union, ...more: More) => Result>;
  const found = Object.hasOwn(cases, value.type) ? known[value.type] : undefined;
  if (found === undefined) throw new Error(`Unknown type: ${value.type}`);
  return found(value, ...more);
}

/**
 * Renders blocks in their order. Each renderer gets the block and its JSON Pointer, with which
 * `markAt` tells its language.
 *
 * @param at the pointer of the list itself
 */
export function renderBlocks<Union extends Typed, Result>(
  blocks: readonly Union[],
  renderers: Cases<Union, [pointer: string], Result>,
  at = "/body",
): Result[] {
  return blocks.map((block, index) => match(block, renderers, `${at}/${index}`));
}
