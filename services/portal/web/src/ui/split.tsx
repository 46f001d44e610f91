import { Box, Button, Grid } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface SplitProps {
  readonly list: ReactNode;
  readonly detail: ReactNode;
  /** On a narrow screen one of the two is shown. */
  readonly isDetailOpen: boolean;
  readonly onBack: () => void;
}

/** A list and, beside it, what was chosen of it; one after the other where there is no room for both. */
export function Split({ list, detail, isDetailOpen, onBack }: SplitProps) {
  const { t } = useTranslation();
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 4, xl: 3 }} {...(isDetailOpen ? { visibleFrom: 'md' } : {})}>
        {list}
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8, xl: 9 }} {...(isDetailOpen ? {} : { visibleFrom: 'md' })}>
        <Box hiddenFrom="md" mb="xs" className="no-print">
          <Button
            variant="subtle"
            size="compact-md"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            onClick={onBack}
          >
            {t('backToList')}
          </Button>
        </Box>
        {detail}
      </Grid.Col>
    </Grid>
  );
}
