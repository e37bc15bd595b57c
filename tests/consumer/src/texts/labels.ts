/** Labels of choices, by type, member and value. Made by `npm run labels`. */
export const LABELS = {
  "CulturePageSchema.audience": {
    "everyone": {
      "en": "residents and visitors",
      "fi": "asukkaat ja kävijät",
      "sv": "invånare och besökare"
    },
    "residents": {
      "en": "residents",
      "fi": "asukkaat",
      "sv": "invånare"
    },
    "visitors": {
      "en": "visitors",
      "fi": "kävijät",
      "sv": "besökare"
    }
  },
  "EffortPageSchema.status": {
    "completed": {
      "en": "completed",
      "fi": "päättynyt",
      "sv": "avslutad"
    },
    "ongoing": {
      "en": "ongoing",
      "fi": "käynnissä",
      "sv": "pågående"
    },
    "paused": {
      "en": "paused",
      "fi": "keskeytetty",
      "sv": "pausad"
    },
    "planned": {
      "en": "planned",
      "fi": "suunniteltu",
      "sv": "planerad"
    }
  },
  "EstablishmentValue.state": {
    "construction": {
      "en": "Under construction",
      "fi": "Rakenteilla",
      "sv": "Under uppbyggnad"
    },
    "operating": {
      "en": "Operating",
      "fi": "Toiminnassa",
      "sv": "I drift"
    },
    "paused": {
      "en": "Paused",
      "fi": "Keskeytetty",
      "sv": "Pausad"
    },
    "permitted": {
      "en": "Permitted",
      "fi": "Lupa myönnetty",
      "sv": "Tillstånd finns"
    },
    "planned": {
      "en": "Planned",
      "fi": "Suunniteltu",
      "sv": "Planerad"
    }
  },
  "GoalIndicatorSchema.state": {
    "behind": {
      "en": "behind",
      "fi": "jäljessä",
      "sv": "efter plan"
    },
    "no_data": {
      "en": "no data",
      "fi": "ei tietoa",
      "sv": "uppgift saknas"
    },
    "on_track": {
      "en": "on track",
      "fi": "aikataulussa",
      "sv": "enligt plan"
    },
    "reached": {
      "en": "reached",
      "fi": "saavutettu",
      "sv": "nått"
    }
  },
  "GoalPageSchema.agenda_goals": {
    "1": {
      "en": "1 No poverty",
      "fi": "1 Ei köyhyyttä",
      "sv": "1 Ingen fattigdom"
    },
    "2": {
      "en": "2 Zero hunger",
      "fi": "2 Ei nälkää",
      "sv": "2 Ingen hunger"
    },
    "3": {
      "en": "3 Good health and well-being",
      "fi": "3 Terveyttä ja hyvinvointia",
      "sv": "3 God hälsa och välbefinnande"
    },
    "4": {
      "en": "4 Quality education",
      "fi": "4 Hyvä koulutus",
      "sv": "4 God utbildning för alla"
    },
    "5": {
      "en": "5 Gender equality",
      "fi": "5 Sukupuolten tasa-arvo",
      "sv": "5 Jämställdhet"
    },
    "6": {
      "en": "6 Clean water and sanitation",
      "fi": "6 Puhdas vesi ja sanitaatio",
      "sv": "6 Rent vatten och sanitet för alla"
    },
    "7": {
      "en": "7 Affordable and clean energy",
      "fi": "7 Edullista ja puhdasta energiaa",
      "sv": "7 Hållbar energi för alla"
    },
    "8": {
      "en": "8 Decent work and economic growth",
      "fi": "8 Ihmisarvoista työtä ja talouskasvua",
      "sv": "8 Anständiga arbetsvillkor och ekonomisk tillväxt"
    },
    "9": {
      "en": "9 Industry, innovation and infrastructure",
      "fi": "9 Kestävää teollisuutta, innovaatioita ja infrastruktuureja",
      "sv": "9 Hållbar industri, innovationer och infrastruktur"
    },
    "10": {
      "en": "10 Reduced inequalities",
      "fi": "10 Eriarvoisuuden vähentäminen",
      "sv": "10 Minskad ojämlikhet"
    },
    "11": {
      "en": "11 Sustainable cities and communities",
      "fi": "11 Kestävät kaupungit ja yhteisöt",
      "sv": "11 Hållbara städer och samhällen"
    },
    "12": {
      "en": "12 Responsible consumption and production",
      "fi": "12 Vastuullista kuluttamista",
      "sv": "12 Hållbar konsumtion och produktion"
    },
    "13": {
      "en": "13 Climate action",
      "fi": "13 Ilmastotekoja",
      "sv": "13 Bekämpa klimatförändringarna"
    },
    "14": {
      "en": "14 Life below water",
      "fi": "14 Vedenalainen elämä",
      "sv": "14 Hav och marina resurser"
    },
    "15": {
      "en": "15 Life on land",
      "fi": "15 Maanpäällinen elämä",
      "sv": "15 Ekosystem och biologisk mångfald"
    },
    "16": {
      "en": "16 Peace, justice and strong institutions",
      "fi": "16 Rauha, oikeudenmukaisuus ja hyvä hallinto",
      "sv": "16 Fredliga och inkluderande samhällen"
    },
    "17": {
      "en": "17 Partnerships for the goals",
      "fi": "17 Yhteistyö ja kumppanuus",
      "sv": "17 Genomförande och globalt partnerskap"
    }
  },
  "HeadingValue.level": {
    "2": {
      "en": "Level 2",
      "fi": "Taso 2",
      "sv": "Nivå 2"
    },
    "3": {
      "en": "Level 3",
      "fi": "Taso 3",
      "sv": "Nivå 3"
    },
    "4": {
      "en": "Level 4",
      "fi": "Taso 4",
      "sv": "Nivå 4"
    }
  },
  "IndicatorDocument.better": {
    "higher": {
      "en": "higher is better",
      "fi": "suurempi on parempi",
      "sv": "högre är bättre"
    },
    "lower": {
      "en": "lower is better",
      "fi": "pienempi on parempi",
      "sv": "lägre är bättre"
    }
  },
  "IndicatorRelation.better": {
    "higher": {
      "en": "higher is better",
      "fi": "suurempi on parempi",
      "sv": "högre är bättre"
    },
    "lower": {
      "en": "lower is better",
      "fi": "pienempi on parempi",
      "sv": "lägre är bättre"
    }
  },
  "IndicatorSchema.better": {
    "higher": {
      "en": "higher is better",
      "fi": "suurempi on parempi",
      "sv": "högre är bättre"
    },
    "lower": {
      "en": "lower is better",
      "fi": "pienempi on parempi",
      "sv": "lägre är bättre"
    }
  },
  "StoryPageSchema.kind": {
    "company": {
      "en": "company",
      "fi": "yritys",
      "sv": "företag"
    },
    "project": {
      "en": "project",
      "fi": "hanke",
      "sv": "projekt"
    }
  },
  "StrategyPageSchema.state": {
    "adopted": {
      "en": "adopted",
      "fi": "hyväksytty",
      "sv": "antagen"
    },
    "draft": {
      "en": "draft",
      "fi": "luonnos",
      "sv": "utkast"
    },
    "in_force": {
      "en": "in force",
      "fi": "voimassa",
      "sv": "gällande"
    },
    "superseded": {
      "en": "superseded",
      "fi": "korvattu",
      "sv": "ersatt"
    }
  },
  "TransportLinkValue.mode": {
    "air": {
      "en": "Air",
      "fi": "Lento",
      "sv": "Luft"
    },
    "cycling": {
      "en": "Cycling",
      "fi": "Pyöräily",
      "sv": "Cykel"
    },
    "public_transport": {
      "en": "Public transport",
      "fi": "Joukkoliikenne",
      "sv": "Kollektivtrafik"
    },
    "rail": {
      "en": "Rail",
      "fi": "Rautatie",
      "sv": "Järnväg"
    },
    "road": {
      "en": "Road",
      "fi": "Tie",
      "sv": "Väg"
    },
    "sea": {
      "en": "Sea",
      "fi": "Meri",
      "sv": "Sjöfart"
    }
  },
  "TransportLinkValue.carries": {
    "both": {
      "en": "Goods and people",
      "fi": "Tavara ja ihmiset",
      "sv": "Gods och människor"
    },
    "goods": {
      "en": "Goods",
      "fi": "Tavara",
      "sv": "Gods"
    },
    "people": {
      "en": "People",
      "fi": "Ihmiset",
      "sv": "Människor"
    }
  }
};
