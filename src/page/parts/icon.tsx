/** Strokes on a grid of 24. */
const PATHS = {
  plus: "M12 5v14M5 12h14",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16.2 16.2 20 20",
  moon: "M20 14.2A8 8 0 0 1 9.8 4a8 8 0 1 0 10.2 10.2",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  auto: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 4v16M14 7.5h4M14 11h5.8M14 14.5h5",
  out: "M14 4h5a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-5M15 12H4M8 8l-4 4 4 4",
  back: "M15 5l-7 7 7 7",
  forth: "M9 5l7 7-7 7",
  branch: "M7 4v16M7 14c0-4 10-2 10-8M14 8.5L17 5l3 3.5",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  stop: "M7 7h10v10H7z",
  copy: "M9 9h10v11H9zM15 9V5H5v10h4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  again: "M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 9.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  flag: "M6 21V4M6 5h11l-2.5 4L17 13H6",
  pencil: "M4 20l1-4L16.5 4.5l3 3L8 19zM14.5 6.5l3 3",
  more: "M5.4 11.6h.8v.8h-.8zM11.6 11.6h.8v.8h-.8zM17.8 11.6h.8v.8h-.8z",
  close: "M6 6l12 12M18 6L6 18",
  cog: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M19.4 13.6a7.6 7.6 0 0 0 0-3.2l1.7-1.4-1.8-3.1-2.1.8a7.6 7.6 0 0 0-2.7-1.6L14.1 3h-4.2l-.4 2.1a7.6 7.6 0 0 0-2.7 1.6l-2.1-.8L2.9 9l1.7 1.4a7.6 7.6 0 0 0 0 3.2L2.9 15l1.8 3.1 2.1-.8a7.6 7.6 0 0 0 2.7 1.6l.4 2.1h4.2l.4-2.1a7.6 7.6 0 0 0 2.7-1.6l2.1.8 1.8-3.1z",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  archive: "M4 5h16v4H4zM5.5 9v10h13V9M10 13h4",
  tag: "M4 4h7l9 9-7 7-9-9zM8 8v.1",
  folder: "M3.5 6h6l2 2.5h9V19h-17z",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 8v4.5l3 2",
  share: "M12 15V4M8 7.5L12 4l4 3.5M6 11v9h12v-9",
  take: "M12 4v11M8 11.5l4 3.5 4-3.5M5 20h14",
  filter: "M4 6h16M7 12h10M10 18h4",
  chart: "M4 20h16M7 16v-5M12 16V5M17 16V9",
  cloud: "M3 3l18 18M8.5 8A5 5 0 0 0 7 18h10M19.8 16.6A4 4 0 0 0 17 10a6 6 0 0 0-6.5-3.8",
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);
