import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { WorkItem } from '../../api/care';
import type { usePages } from '../../api/queries';
import { Box, Grid, Button, Loaded, VirtualList } from '../../ui';
import { WorkPanel } from './work-panel';
import { WorkRow } from './work-row';

/** Of one row with its three lines, before it is measured. */
const ROW_PX = 78;

export interface WorkListsProps {
  readonly read: ReturnType<typeof usePages<WorkItem>>;
  readonly shown: readonly WorkItem[];
  readonly selected: WorkItem | undefined;
  /** Whether the item was chosen, and not only comes first: a narrow screen then shows it alone. */
  readonly isOpen: boolean;
  readonly marked: ReadonlySet<string>;
  readonly empty: ReactNode;
  readonly onSelect: (id: string | undefined) => void;
  readonly onMark: (item: WorkItem) => void;
  readonly onDone: () => void;
}

/** The list at the left and what is needed to decide at the right; one after the other where there is no room. */
export function WorkLists(props: WorkListsProps) {
  const { t } = useTranslation('myDay');
  const { read, shown, selected, isOpen } = props;
  const more = read.hasNextPage && !read.isFetchingNextPage ? () => void read.fetchNextPage() : undefined;
  return (
    <Loaded read={read}>
      {() =>
        shown.length === 0 ? (
          props.empty
        ) : (
          <Grid gap="md">
            <Grid.Col span={{ base: 12, md: 5, xl: 4 }} {...(isOpen ? { visibleFrom: 'md' } : {})}>
              <Box className="paper" style={{ overflow: 'hidden' }}>
                <VirtualList
                  label={t('list')}
                  rows={shown}
                  idOf={({ id }) => id}
                  selectedId={selected?.id}
                  rowHeight={ROW_PX}
                  height="calc(100dvh - 15rem)"
                  onEnd={more}
                >
                  {(item) => (
                    <WorkRow
                      item={item}
                      isSelected={item.id === selected?.id}
                      isEntry={item.id === selected?.id}
                      isMarked={props.marked.has(item.id)}
                      onSelect={props.onSelect}
                      onMark={props.onMark}
                    />
                  )}
                </VirtualList>
              </Box>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 7, xl: 8 }} {...(isOpen ? {} : { visibleFrom: 'md' })}>
              <Box hiddenFrom="md" mb="xs">
                <Button
                  variant="subtle"
                  size="compact-md"
                  onClick={() => {
                    props.onSelect(undefined);
                  }}
                >
                  {t('back')}
                </Button>
              </Box>
              {selected === undefined ? null : <WorkPanel key={selected.id} item={selected} onDone={props.onDone} />}
            </Grid.Col>
          </Grid>
        )
      }
    </Loaded>
  );
}
