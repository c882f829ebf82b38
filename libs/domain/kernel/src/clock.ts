/** Tells the present moment. A function, so that a test can hand in any moment it likes. */
export type Clock = () => Date
