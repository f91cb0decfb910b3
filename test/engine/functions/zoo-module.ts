/** Functions of another module, for the zoo. */

let calls = 0

/** Whether `value` is large; keeps a state of its own module. */
export function isLarge(value: number): boolean {
  calls++
  return calls > 0 && value > 3
}

/** The distance between two numbers. */
export const distance = (a: number, b: number): number => Math.abs(a - b)
