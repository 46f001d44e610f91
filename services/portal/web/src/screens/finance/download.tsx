import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { file } from '../../api/client';
import type { Problem } from '../../api/problem';
import { Button, Failure, Stack, tell } from '../../ui';

/** Gives a file to the browser under a name that says nothing of anybody. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export interface DownloadProps {
  readonly path: string;
  readonly name: string;
  readonly label: string;
  readonly isPrimary?: boolean;
}

/** Fetches a file in the reader's language; what the server refuses is said in its words. */
export function Download({ path, name, label, isPrimary = false }: DownloadProps) {
  const { t } = useTranslation('finance');
  const fetched = useMutation<Blob, Problem>({
    mutationFn: () => file(path),
    onSuccess: (content) => {
      save(content, name);
      tell(t('downloaded', { name }));
    },
  });
  return (
    <Stack gap={4}>
      <Button
        size="compact-sm"
        variant={isPrimary ? 'filled' : 'default'}
        leftSection={<IconDownload size={16} aria-hidden />}
        loading={fetched.isPending}
        onClick={() => {
          fetched.mutate();
        }}
      >
        {label}
      </Button>
      {fetched.error === null ? null : <Failure error={fetched.error} />}
    </Stack>
  );
}
