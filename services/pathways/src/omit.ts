/** The object without some of its fields. */
export function omit<T extends object, K extends keyof T & string>(from: T, ...fields: readonly K[]): Omit<T, K> {
  const left: readonly string[] = fields;
  // Exactly the other fields of T, which `fromEntries` cannot know.
  return Object.fromEntries(Object.entries(from).filter(([field]) => !left.includes(field))) as Omit<T, K>;
}
