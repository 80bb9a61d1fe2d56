import type { Card, NetworkCard, PanelCard } from './card-schema';

type Contradiction = [path: string[], message: string];

/** What each field alone cannot show: parts of a card that do not belong together. */
export function* contradictions(card: Card): Generator<Contradiction> {
  yield* card.task === 'panel' ? ofPanel(card) : ofNetwork(card);
  if (card.task !== 'segmentation') yield* ofClassifier(card);
  const classes = new Set(card.classes.map(({ id }) => id));
  if (classes.size !== card.classes.length) yield [['classes'], 'an id is there twice'];
  for (const id of card.decision?.positive ?? []) {
    if (!classes.has(id)) yield [['decision', 'positive'], `"${id}" is no class`];
  }
  for (const id of card.merge?.flatMap((group) => group.classes) ?? []) {
    if (!classes.has(id)) yield [['merge'], `"${id}" is no class`];
  }
  for (const { offset, size: width } of card.metadata?.fields ?? []) {
    if (offset + width > (card.metadata?.width ?? 0))
      yield [['metadata', 'fields'], 'a field ends beyond the width'];
  }
}

/** Of whatever answers with a probability for each class. */
function* ofClassifier({ task, classes, calibration, golden }: Card): Generator<Contradiction> {
  if (classes.length < 2) yield [['classes'], `a ${task} needs two or more`];
  if (!calibration) yield [['calibration'], `a ${task} needs it`];
  if (golden.logits?.length !== classes.length) yield [['golden', 'logits'], 'must be one for each class'];
  const named = calibration?.conformal.classes.map((quantile) => quantile.class).join();
  if (calibration && named !== classes.map(({ id }) => id).join())
    yield [['calibration', 'conformal', 'classes'], 'must be the classes of the card, in their order'];
}

function* ofNetwork({ task, input, outputs, golden, ood, embedding, files }: NetworkCard) {
  const found: Contradiction[] = [];
  if (input.height !== input.width) found.push([['input'], 'height and width must be equal']);
  if (task === 'segmentation') {
    if (!outputs.lesion) found.push([['outputs', 'lesion'], 'a segmentation needs it']);
    if (!golden.lesion) found.push([['golden', 'lesion'], 'a segmentation needs it']);
  } else if (!outputs.logits) found.push([['outputs', 'logits'], `a ${task} needs it`]);
  if (ood && !outputs.ood) found.push([['ood'], 'there is no output "ood"']);
  if (embedding && !outputs.embedding) found.push([['embedding'], 'there is no output "embedding"']);
  if (!files.some(({ path }) => path === 'model.json')) found.push([['files'], 'model.json is missing']);
  yield* found;
}

function* ofPanel({ id, panel: { members }, ood }: PanelCard): Generator<Contradiction> {
  const ids = members.map((member) => member.id);
  if (new Set(ids).size !== ids.length) yield [['panel', 'members'], 'a member is there twice'];
  if (ids.includes(id)) yield [['panel', 'members'], 'a panel cannot be its own member'];
  if (ood && !ids.includes(ood.member ?? '')) yield [['ood', 'member'], 'must be one of the members'];
}
