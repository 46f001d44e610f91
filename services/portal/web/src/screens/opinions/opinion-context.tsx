import { useTranslation } from 'react-i18next';

import { countText } from '../../formats';
import { usePathwayContext } from '../../shell/pathway-context';
import { usePlace } from '../../shell/session-context';
import { useCodeWord } from '../../shell/words';
import { ContextLines, List, Panel, Stack, Text, Title } from '../../ui';
import type { Opinion } from './opinion';
import { splitQuestion } from './request-context';

const KILO = 1_024;

/** What the question rests on: what was sent along, the documents, and the pathway where the reader may see it. */
export function OpinionContext({ opinion }: { readonly opinion: Opinion }) {
  const { t } = useTranslation('opinions');
  const { parts } = splitQuestion(opinion.question);
  return (
    <Panel title={t('context.title')}>
      <Stack gap="md">
        {parts.map((part) => (
          <ContextLines key={part.title} part={part} />
        ))}
        <Attachments opinion={opinion} />
        <PathwayContext opinion={opinion} />
      </Stack>
    </Panel>
  );
}

function Attachments({ opinion }: { readonly opinion: Opinion }) {
  const { t } = useTranslation('opinions');
  const code = useCodeWord('opinions');
  const { language } = usePlace();
  if (opinion.attachments.length === 0) return null;
  return (
    <div>
      <Title order={3} size="h6" mb={2}>
        {t('context.documents')}
      </Title>
      <List size="sm" spacing={2} withPadding>
        {opinion.attachments.map(({ kind, sha256, bytes }) => (
          <List.Item key={sha256}>
            {code(`document.${kind}`, kind)}{' '}
            <Text span size="xs" c="dimmed" className="numbers">
              {t('context.size', { size: countText(Math.ceil(bytes / KILO), language) })} · {sha256.slice(0, 8)}
            </Text>
          </List.Item>
        ))}
      </List>
    </div>
  );
}

/** The pathway as it stands now; whoever is not of the care team reads only what was sent along. */
function PathwayContext({ opinion }: { readonly opinion: Opinion }) {
  const { t } = useTranslation('opinions');
  const { t: word } = useTranslation('words');
  const parts = usePathwayContext(opinion.pathwayId);
  if (parts === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('context.closed')}
      </Text>
    );
  }
  return (
    <>
      {(parts ?? []).map(({ id, lines }) => (
        <ContextLines key={id} part={{ title: word(`context.${id}`), lines }} />
      ))}
    </>
  );
}
