export interface ThreadMarkProps {
  readonly size?: number;
}

/** The mark of Ariane: one thread that turns and goes on. */
export function ThreadMark({ size = 28 }: ThreadMarkProps) {
  return <img src="/icon.svg" width={size} height={size} alt="" />;
}
