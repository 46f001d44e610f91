/** Something that a service has told, and who may hear that it has. Ids only. */
export interface LiveChange {
  /** Its place in the stream. */
  readonly id: string;
  readonly service: string;
  /** The fact's name: `StepDone`. */
  readonly type: string;
  readonly territory: string;
  /** Present for a fact of a pathway, with those who care for it. */
  readonly pathwayId?: string;
  readonly readers: readonly string[];
}

/** A change as one event of `text/event-stream`. Finance is not told of which pathway it was. */
export function liveText({ id, service, type, pathwayId }: LiveChange): string {
  const told = { service, type, ...(pathwayId === undefined || service === 'capitation' ? {} : { pathwayId }) };
  return `id: ${id}\nevent: change\ndata: ${JSON.stringify(told)}\n\n`;
}
