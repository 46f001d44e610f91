import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { usePathwayContext } from '../../shell/pathway-context';
import { Anchor, ContextLines, Panel, Stack, Text } from '../../ui';
import type { MeetingCase } from './meeting';

/** What the meeting needs to know, from the pathway itself: nobody types it again. */
export function CaseSynthesis({ one }: { readonly one: MeetingCase }) {
  const { t } = useTranslation('meetings');
  const { t: word } = useTranslation('words');
  const parts = usePathwayContext(one.pathwayId);
  return (
    <Panel
      title={t('case.synthesis')}
      actions={
        parts === null ? undefined : (
          <Anchor component={Link} to={`/pathways/${one.pathwayId}`} size="sm">
            {t('case.pathway')}
          </Anchor>
        )
      }
    >
      {parts === null ? (
        <Text size="sm" c="dimmed">
          {t('case.closed')}
        </Text>
      ) : (
        <Stack gap="sm">
          {(parts ?? []).map(({ id, lines }) => (
            <ContextLines key={id} part={{ title: word(`context.${id}`), lines }} />
          ))}
        </Stack>
      )}
    </Panel>
  );
}
