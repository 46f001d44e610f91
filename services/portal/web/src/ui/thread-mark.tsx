export interface ThreadMarkProps {
  readonly size?: number;
}

/** The mark of Ariane: one thread that turns and goes on. */
export function ThreadMark({ size = 28 }: ThreadMarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-lagoon-8)" />
      <path
        d="M5 24c5 0 4-15 11-15s5 12 0 12-5-7 2-9 9 4 9 4"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="27" cy="16" r="2.4" fill="#ff9d8a" />
    </svg>
  );
}
