import type { RecordScores } from '../instruments/found-scores.js';
import type { Instrument } from '../schemas/instrument.js';
import type { ReportPlanFile } from '../schemas/report-files.js';
import { problemsOf } from './fill-fields.js';
import type { ScoreChart, ScoreSeries } from './report.js';

/** The history of scores per panel, each series on the range of its instrument. */
export function scoreCharts(
  plan: Pick<ReportPlanFile, 'charts' | 'information'>,
  scores: RecordScores,
  instruments: readonly Instrument[],
  instrumentOf: ReadonlyMap<string, string>,
): readonly ScoreChart[] {
  return plan.charts.map((chart) => {
    const series = chart.scores.flatMap((score) => seriesOf(score, plan.information, scores, instruments) ?? []);
    return { id: chart.id, series, problems: problemsOf(scores, chart.scores, instrumentOf) };
  });
}

function seriesOf(
  id: string,
  kinds: ReportPlanFile['information'],
  { history }: RecordScores,
  instruments: readonly Instrument[],
): ScoreSeries | undefined {
  for (const instrument of instruments) {
    const definition = instrument.scores.find((score) => score.id === id);
    if (definition === undefined) continue;
    const { min, max, direction } = definition;
    const own = history.filter((score) => score.instrument === id);
    const fits = (score: { min: number; max: number }): boolean => score.min === min && score.max === max;
    return {
      score: id,
      min,
      max,
      direction,
      points: own.filter(fits),
      otherScale: own.filter((score) => !fits(score)),
      // What nobody verified is not told, whatever the plan asks for.
      information: instrument.information.filter(
        ({ score, kind, certainty }) =>
          certainty !== 'U' && kinds.includes(kind) && (score === undefined || score === id),
      ),
    };
  }
  return undefined;
}
