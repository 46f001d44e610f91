import { useTranslation } from 'react-i18next';

import type { ContextPart } from '../../shell/context-parts';
import { Checkbox, List, Panel, Stack, Text } from '../../ui';

export interface RequestContextProps {
  readonly parts: readonly ContextPart[];
  /** Parts that are left out. */
  readonly left: readonly string[];
  readonly onChange: (left: readonly string[]) => void;
}

/** What goes along with the question, in sight before it is sent: each part is ticked, and can be unticked. */
export function RequestContext({ parts, left, onChange }: RequestContextProps) {
  const { t } = useTranslation('opinions');
  const { t: word } = useTranslation('words');
  return (
    <Panel title={t('brought.title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('brought.text')}
        </Text>
        {parts.map(({ id, lines }) => (
          <div key={id}>
            <Checkbox
              label={word(`context.${id}`)}
              checked={!left.includes(id)}
              onChange={(event) => {
                onChange(event.currentTarget.checked ? left.filter((one) => one !== id) : [...left, id]);
              }}
            />
            <List size="sm" mt={4} withPadding c={left.includes(id) ? 'dimmed' : undefined}>
              {lines.map((line) => (
                <List.Item key={line} td={left.includes(id) ? 'line-through' : undefined}>
                  {line}
                </List.Item>
              ))}
            </List>
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
