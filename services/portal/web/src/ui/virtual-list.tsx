import { Box } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

export interface VirtualListProps<Row> {
  /** What the list holds, for who does not see it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly children: (row: Row) => ReactNode;
  readonly selectedId?: string | undefined;
  /** Estimated, in pixels: a row is measured once it is drawn. */
  readonly rowHeight: number;
  /** Of the list, as CSS says it. */
  readonly height: string;
  /** Asked for when the end comes near. */
  readonly onEnd?: (() => void) | undefined;
}

/** A long list of which only what is in sight is drawn; the chosen row is always kept in sight. */
export function VirtualList<Row>(props: VirtualListProps<Row>) {
  const { rows, idOf, selectedId, onEnd } = props;
  const frame = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => props.rowHeight,
    getItemKey: (index) => idOf(rows[index] as Row), // the virtualizer counts no further than the rows
    overscan: 6,
  });
  const selectedAt = selectedId === undefined ? -1 : rows.findIndex((row) => idOf(row) === selectedId);
  useEffect(() => {
    if (selectedAt >= 0) list.scrollToIndex(selectedAt, { align: 'auto' });
  }, [list, selectedAt]);
  const shown = list.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (onEnd !== undefined && rows.length > 0 && last >= rows.length - 1) onEnd();
  }, [onEnd, last, rows.length]);
  return (
    <Box ref={frame} style={{ overflowY: 'auto', maxHeight: props.height }}>
      <ul
        aria-label={props.label}
        style={{ position: 'relative', height: list.getTotalSize(), margin: 0, padding: 0, listStyle: 'none' }}
      >
        {shown.map(({ index, key, start }) => (
          <li
            key={key}
            data-index={index}
            ref={list.measureElement}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            style={{ position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${String(start)}px)` }}
          >
            {props.children(rows[index] as Row) /* see above */}
          </li>
        ))}
      </ul>
    </Box>
  );
}
