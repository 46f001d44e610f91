/** The cursor of a list in the order of a book: the number of its last entry. */
export const seqCursor = ({ seq }: { readonly seq: bigint | number }): string => String(seq);

/** The number that a list goes on after; from the first entry when the cursor is absent or none of ours. */
export const seqAfter = (cursor = ''): bigint => (/^\d{1,18}$/.test(cursor) ? BigInt(cursor) : 0n);
