import { life as life01 } from "./lives/01.ts";
import { life as life02 } from "./lives/02.ts";
import { life as life03 } from "./lives/03.ts";
import { life as life04 } from "./lives/04.ts";
import { life as life05 } from "./lives/05.ts";
import { life as life06 } from "./lives/06.ts";
import { life as life07 } from "./lives/07.ts";
import { life as life08 } from "./lives/08.ts";
import { life as life09 } from "./lives/09.ts";
import { life as life10 } from "./lives/10.ts";
import { life as life11 } from "./lives/11.ts";
import { life as life12 } from "./lives/12.ts";
import { life as life13 } from "./lives/13.ts";
import { life as life14 } from "./lives/14.ts";
import { life as life15 } from "./lives/15.ts";
import { life as life16 } from "./lives/16.ts";
import { life as life17 } from "./lives/17.ts";
import { life as life18 } from "./lives/18.ts";
import { life as life19 } from "./lives/19.ts";
import { life as life20 } from "./lives/20.ts";
import type { Life } from "./life.ts";

/** `kept` is never looked at while a ranker is fitted. */
export type Half = "dev" | "kept";

export const LIVES: { name: string; half: Half; life: Life }[] = [
  { name: "01", half: "dev", life: life01 },
  { name: "02", half: "kept", life: life02 },
  { name: "03", half: "dev", life: life03 },
  { name: "04", half: "kept", life: life04 },
  { name: "05", half: "dev", life: life05 },
  { name: "06", half: "kept", life: life06 },
  { name: "07", half: "dev", life: life07 },
  { name: "08", half: "kept", life: life08 },
  { name: "09", half: "dev", life: life09 },
  { name: "10", half: "kept", life: life10 },
  { name: "11", half: "dev", life: life11 },
  { name: "12", half: "kept", life: life12 },
  { name: "13", half: "dev", life: life13 },
  { name: "14", half: "kept", life: life14 },
  { name: "15", half: "dev", life: life15 },
  { name: "16", half: "kept", life: life16 },
  { name: "17", half: "dev", life: life17 },
  { name: "18", half: "kept", life: life18 },
  { name: "19", half: "dev", life: life19 },
  { name: "20", half: "kept", life: life20 },
];
