// @vitest-environment happy-dom
// In a process of its own: it changes the prototypes of the document for good.
import { render } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import { tolerateTranslation } from './translated';

beforeAll(tolerateTranslation);

/** Texts side by side, as React keeps them: a node each. */
function Queue({
  answered,
  note = false,
  last = false,
}: {
  answered: number;
  note?: boolean;
  last?: boolean;
}) {
  return (
    <p>
      {note && <b>note </b>}
      {answered} of 2 answered{last ? '' : ', the rest waits'}
      {!last && <i> …</i>}
    </p>
  );
}

function textNodes(root: Node): Text[] {
  const children = [...root.childNodes];
  return children.flatMap((child) =>
    child.nodeType === Node.TEXT_NODE ? [child as Text] : textNodes(child),
  );
}

/** As Chrome translates: every text in a <font> of a <font>, in which the node is, or a new one. */
async function translate(root: Node, how: 'moved' | 'replaced') {
  for (const text of textNodes(root)) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    outer.append(inner);
    text.replaceWith(outer);
    inner.append(how === 'moved' ? text : (text.nodeValue ?? ''));
  }
  // The browser tells of it in a task of its own.
  await new Promise((resolve) => setTimeout(resolve));
}

test.each(['moved', 'replaced'] as const)('a page whose texts a translation %s goes on', async (how) => {
  const { container, rerender } = render(<Queue answered={0} />);
  await translate(container, how);
  rerender(<Queue answered={1} note />);
  expect(container.textContent).toBe('note 1 of 2 answered, the rest waits …');
  await translate(container, how);
  rerender(<Queue answered={2} last />);
  expect(container.textContent).toBe('2 of 2 answered');
});

test('what has its own parent is removed and inserted as ever', () => {
  const parent = document.createElement('div');
  const [first, second] = [document.createElement('a'), document.createElement('b')];
  parent.insertBefore(second, null);
  parent.insertBefore(first, second);
  expect([...parent.childNodes]).toEqual([first, second]);
  expect(parent.removeChild(first)).toBe(first);
  expect([...parent.childNodes]).toEqual([second]);
});
