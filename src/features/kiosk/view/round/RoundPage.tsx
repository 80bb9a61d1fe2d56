import { resultOf } from '../../model/round';
import { ChoosePage } from '../ChoosePage';
import { useGalleryCard, useRound, useRoundQuestions } from '../context';
import { RoundIntro } from './RoundIntro';
import { RoundQuestionPage } from './RoundQuestionPage';
import { RoundScore } from './RoundScore';

/** "You or the machine?", from its rules to the score. */
export function RoundPage() {
  const state = useRound((state) => state);
  const card = useGalleryCard();
  const playable = useRoundQuestions().length > 0;
  const result = resultOf(state);
  // The host's settings may have taken the photos away.
  if (!card || (!playable && state.questions.length === 0)) return <ChoosePage />;
  if (state.questions.length === 0) return <RoundIntro />;
  if (result) return <RoundScore result={result} />;
  return <RoundQuestionPage state={state} card={card} />;
}
