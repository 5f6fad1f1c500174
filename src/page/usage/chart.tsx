import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

import { theme } from "../preferences";

type Props = {
  /** What the picture shows, for whoever cannot see it. */
  label: string;
  labels: string[];
  values: number[];
  write: (n: number) => string;
  brief: (n: number) => string;
};

const HEIGHT = 220;
const BARS = uPlot.paths.bars?.({ size: [0.72, 36], radius: 0.25 });
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** The colours of the page, as the canvas takes them: read from new elements, which come from no other colour. */
function coloursOf(box: HTMLElement) {
  const colourOf = (name: string) => {
    const probe = document.createElement("i");
    probe.style.color = `var(--${name})`;
    box.appendChild(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  return { bar: colourOf("accent"), line: colourOf("line"), ink: colourOf("second") };
}

/** Bars over days. What the pointer is at is written above them. */
export function Chart({ label, labels, values, write, brief }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    let plot = draw(parent);
    const redraw = () => {
      plot.destroy();
      plot = draw(parent);
    };
    const watch = new ResizeObserver(() => plot.setSize({ width: parent.clientWidth, height: HEIGHT }));
    watch.observe(parent);
    DARK.addEventListener("change", redraw);
    return () => {
      watch.disconnect();
      DARK.removeEventListener("change", redraw);
      plot.destroy();
    };
  }, [labels.join(), values.join(), theme.value]);

  function draw(parent: HTMLElement): uPlot {
    const { bar, line, ink } = coloursOf(parent);
    const font = `12px ${getComputedStyle(parent).fontFamily}`;
    const axis = { stroke: ink, font, ticks: { show: false } };
    return new uPlot(
      {
        width: parent.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, drag: { setScale: false, x: false, y: false }, points: { show: false } },
        scales: {
          x: { time: false, range: [-0.6, values.length - 0.4] },
          y: { range: (_, __, most) => [0, most > 0 ? most * 1.08 : 1] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            space: 64,
            incrs: [1, 2, 5, 7, 14, 30, 60, 90],
            values: (_, splits) => splits.map((i) => labels[i] ?? ""),
          },
          {
            ...axis,
            size: 60,
            grid: { stroke: line, width: 1 },
            values: (_, splits) => splits.map((n) => (n === 0 ? "0" : brief(n))),
          },
        ],
        series: [
          {},
          {
            fill: bar,
            width: 0,
            ...(BARS && { paths: BARS }),
            points: { show: false },
          },
        ],
        hooks: { setCursor: [({ cursor: { idx } }) => setAt(idx ?? null)] },
      },
      [values.map((_, i) => i), values],
      parent,
    );
  }

  return (
    <>
      <p class="readout" aria-hidden="true">
        {at !== null && values[at] !== undefined && `${labels[at]}: ${write(values[at])}`}
      </p>
      <div class="chart" role="img" aria-label={label} ref={box} />
    </>
  );
}
