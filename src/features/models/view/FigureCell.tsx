import { Table, Text } from '@mantine/core';

/** A table's figure with a line of smaller words under it; a dash without one. */
export function FigureCell({ figure, below }: { figure: string | null; below?: string | null }) {
  return (
    <Table.Td ta="right">
      {figure ?? '–'}
      {below && (
        <Text size="xs" c="dimmed">
          {below}
        </Text>
      )}
    </Table.Td>
  );
}
