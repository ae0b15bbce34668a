import type { LegendComponentOption } from 'echarts/components';
import { alongTime } from './along-time.ts';
import type { ChartData, Look } from './chart.ts';
import { type ChartOption, TEXT_SIZE } from './dimensions.ts';
import { heatMap } from './heat-map.ts';
import { rankedBars } from './ranked-bars.ts';
import { spans } from './spans.ts';

/** The one way from a chart's data to ECharts: for pages, pictures in mails and dashboards alike. */
export function chartOption(data: ChartData, look: Look, width: number): ChartOption {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: look.font, fontSize: TEXT_SIZE, color: look.soft },
    ...(data.series.length > 1 && data.kind !== 'heatmap' ? { legend: legend(data, look) } : {}),
    ...drawing(data, look, width),
  };
}

function drawing(data: ChartData, look: Look, width: number): ChartOption {
  switch (data.kind) {
    case 'line':
    case 'columns':
      return alongTime(data, look, width);
    case 'bars':
      return rankedBars(data, look, width);
    case 'percentiles':
      return spans(data, look, width);
    case 'heatmap':
      return heatMap(data, look);
  }
}

function legend({ series }: ChartData, look: Look): LegendComponentOption {
  return {
    left: 0,
    top: 0,
    icon: 'roundRect',
    itemWidth: 14,
    itemHeight: 4,
    itemGap: 16,
    padding: [4, 0],
    textStyle: { color: look.soft, fontSize: TEXT_SIZE },
    inactiveColor: look.line,
    data: series.map(({ name }) => name),
  };
}
