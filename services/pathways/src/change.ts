/** Something that changed, and who may be told. Its id names its place for whoever reconnects. */
export interface Change {
  readonly id: string;
  /** The name of a published fact, or `WorklistChanged`. */
  readonly type: string;
  readonly pathwayId: string;
  /** Of the pathway's facts; of a worklist, its version. */
  readonly sequence: number;
  readonly territory: string;
  /** The practitioners of the care team. */
  readonly readers: readonly string[];
}

/** A change as one event of `text/event-stream`: no content of care, and nothing that names the patient. */
export const eventText = ({ id, type, pathwayId, sequence }: Change): string =>
  `id: ${id}\nevent: change\ndata: ${JSON.stringify({ type, pathwayId, sequence })}\n\n`;
