import { Box } from '../../ui';

/** How large an amount is beside the largest of its list; the figure itself stands next to it. */
export function ShareBar({ share }: { readonly share: number }) {
  return (
    <Box
      h={8}
      w="clamp(2rem, 14vw, 12rem)"
      bg="var(--ariane-line)"
      style={{ borderRadius: 4, overflow: 'hidden' }}
      aria-hidden
    >
      <Box h="100%" w={`${String(share)}%`} bg="var(--ariane-calm)" />
    </Box>
  );
}
