/** Who read or changed what on a day, as each service tells it. */
export interface AccessLine {
  readonly day: string;
  readonly who: { readonly id: string; readonly name?: string; readonly role?: string };
  readonly firstAt: string;
  readonly lastAt: string;
  readonly acts: readonly { readonly what: string; readonly why: string; readonly count: number }[];
}

export interface PersonAccess {
  readonly id: string;
  readonly name: string | undefined;
  readonly role: string | undefined;
  readonly acts: readonly { readonly what: string; readonly why: string }[];
}

/** All services' lines by day, the newest first, and by person: one person who used three services is one line. */
export function byDay(
  lines: readonly AccessLine[],
): readonly { readonly day: string; readonly people: readonly PersonAccess[] }[] {
  const days = Map.groupBy(lines, ({ day }) => day);
  return [...days]
    .sort(([one], [other]) => other.localeCompare(one))
    .map(([day, ofDay]) => ({
      day,
      people: [...Map.groupBy(ofDay, ({ who }) => who.id)].map(([id, own]) => ({
        id,
        name: own.find(({ who }) => who.name !== undefined)?.who.name,
        role: own.find(({ who }) => who.role !== undefined)?.who.role,
        acts: distinct(own.flatMap(({ acts }) => acts)),
      })),
    }));
}

function distinct(acts: AccessLine['acts']): PersonAccess['acts'] {
  const found = new Map(acts.map(({ what, why }) => [`${what} ${why}`, { what, why }]));
  return [...found.values()];
}
