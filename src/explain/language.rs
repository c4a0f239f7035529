//! Explanations of the mistakes of the scenario language, S001 and on. Texts only.

use super::Explanation;
use crate::diagnostic::Severity;

/// An explanation with its title: the language has no table of rules.
pub(super) struct Entry {
    /// What it finds, in a few words.
    pub title: &'static str,
    /// Severity.
    pub severity: Severity,
    /// The explanation.
    pub explanation: Explanation,
}

/// A mistake: an error, for the scenario cannot be understood.
pub(super) const fn mistake(
    code: &'static str,
    title: &'static str,
    means: &'static str,
    matters: &'static str,
    mend: &'static str,
) -> Entry {
    let explanation = Explanation { code, means, matters, mend };
    Entry { title, severity: Severity::Error, explanation }
}

/// Something that is rarely meant: a run goes ahead.
const fn warning(
    code: &'static str,
    title: &'static str,
    means: &'static str,
    matters: &'static str,
    mend: &'static str,
) -> Entry {
    let explanation = Explanation { code, means, matters, mend };
    Entry { title, severity: Severity::Warning, explanation }
}

/// S001-S024.
pub(super) const TABLE: &[Entry] = &[
    mistake(
        "S001",
        "the file is not UTF-8 text",
        "The file holds bytes that are no UTF-8 characters.",
        "TOML is defined as UTF-8; nothing behind that place can be trusted.",
        "Save the file with the encoding UTF-8.",
    ),
    mistake(
        "S002",
        "the file is not TOML",
        "The text breaks a rule of TOML at this place: a missing quote, bracket or value.",
        "Nothing at this place can be understood.",
        "Correct the place. Write texts, and quantities with a unit, in quotes: \"90s\".",
    ),
    mistake(
        "S003",
        "a key is written twice",
        "The same key or table is in the file twice.",
        "It would not be clear which of the two holds.",
        "Keep one of them.",
    ),
    mistake(
        "S004",
        "an unknown key",
        "The table has no key of this name. Keys of the scenario language are checked strictly; \
         vendor sections take any vendor option.",
        "A misspelt key would leave its default in force, unnoticed.",
        "Take the spelling from the help, or from the reference of the scenario language.",
    ),
    mistake(
        "S005",
        "a missing key",
        "The table lacks a key that has no default.",
        "The scenario would be incomplete.",
        "Add the key; the help shows how it is written.",
    ),
    mistake(
        "S006",
        "a value of the wrong type",
        "The key takes another type of value, for instance a text with a unit instead of a bare \
         number.",
        "Numbers without a unit are a common cause of results that are wrong by a factor of 1000.",
        "Write the value as the help shows.",
    ),
    mistake(
        "S007",
        "a quantity that cannot be read",
        "The text is no duration, rate, percentage, date or time of day; or local time that no instant of the run shows, or two.",
        "Guessing a unit would change the result silently.",
        "Write a number with a unit, such as \"90s\", \"2h30m\", \"20/s\", \"99.9%\" or \"09:30\".",
    ),
    mistake(
        "S008",
        "a value out of range",
        "The value has the right type, but the key does not allow it.",
        "The model is not defined for it.",
        "Choose a value in the range that the message names.",
    ),
    mistake(
        "S009",
        "a word that is no choice",
        "The key takes one of a few words, and this is none of them.",
        "A misspelt policy would leave the default in force, unnoticed.",
        "Choose one of the words listed.",
    ),
    mistake(
        "S010",
        "a name that nothing bears",
        "The value names a site, server, host, phone or the like that the scenario does not declare, or a time zone that there is not.",
        "The reference leads nowhere.",
        "Correct the name, or declare the thing.",
    ),
    mistake(
        "S011",
        "the same thing twice",
        "Two things that must differ are the same, or one option is written under two spellings.",
        "It would not be clear which of the two is meant.",
        "Remove or rename one of them.",
    ),
    mistake(
        "S012",
        "keys that do not go together",
        "Two keys of the table exclude each other, or one needs another.",
        "The table describes two different things at once, or half of one.",
        "Keep one way of writing it, as the help says.",
    ),
    mistake(
        "S013",
        "a target that cannot be read",
        "The target of a fault is not written as the language knows it.",
        "A fault without a target would hit nothing.",
        "Write it as the help shows, such as \"host h1\", \"site X\" or \"every host at X\".",
    ),
    mistake(
        "S014",
        "a law with impossible parameters",
        "The parameters of a distribution contradict each other, for instance a 95th percentile \
         below the median.",
        "Nothing can be drawn from it.",
        "Correct the parameters.",
    ),
    mistake(
        "S015",
        "a data file that cannot be used",
        "The file of an empirical law, of `uncertainty` or of `agents-from` cannot be read, or its columns hold \
         something else than times, laws or agents.",
        "What it should say would be guessed, or left out.",
        "Check the path, which is relative to the scenario file, the columns and their values.",
    ),
    mistake(
        "S016",
        "server objects, hosts and sites that do not fit together",
        "A server, its host, its backup or its site contradict each other.",
        "The machine would be in two places, or a pair would be none.",
        "Correct one of the places that the message names.",
    ),
    mistake(
        "S017",
        "a vendor option outside its section",
        "A vendor option is directly in an object instead of in a vendor section of it.",
        "The product's options belong to sections; outside of one it would not be found.",
        "Put it into the section, such as [application.interaction-workspace].",
    ),
    warning(
        "S018",
        "a fault or a shift that never happens",
        "A scripted fault or a drain begins at or after the end of the run, or the hours of a random fault (`when`) or a shift of an agent group never come in it.",
        "It changes nothing, which is rarely meant.",
        "Let it begin earlier, or lengthen `horizon`.",
    ),
    mistake(
        "S019",
        "an unknown measure",
        "The experiment or a threshold names a measure that no run of this scenario has. A name is \
         the path to a number in summary.json; sites, faults, server pairs and locations are called in \
         it by their own names.",
        "Nothing could be estimated or compared.",
        "Take the name from the help, or from the page of measures.",
    ),
    mistake(
        "S020",
        "a quantity in the wrong unit",
        "A bound or a precision is not in the unit of the measure that it is compared with: times \
         take durations, counts take bare numbers, shares take percentages.",
        "It could not be compared, or only with a guess at what was meant.",
        "Write the quantity as the help shows, or name another measure.",
    ),
    mistake(
        "S021",
        "a run that would not end",
        "The faults cause more than 20 million outages of targets, which a check finds; or an agent \
         takes more than 10 million steps, and 100 more for every outage of a target, which only a \
         simulation finds: a check says nothing of it. The first such agent is named. Refreshes, \
         rounds, probes and retries at a fixed interval are not stepped through, however often they \
         come; while something is down, each of these is: a REGISTER that fails and backs off, a \
         refresh of a failover phone away from home whose binding runs out before it, a move of an \
         agent whose phone is dead at a site where its desktop is fine, a move for want of a Stat or \
         Configuration Server that no site has. Or a storm of REGISTERs does not end: at a registrar with a \
         `capacity` more than 30 million messages wait or have waited in vain, which only a simulation finds, too; \
         V49 warns of some such registrars before. Or phones with `mode = \"follow\"` come to no rest at such a registrar: \
         each desktop leaves because of what the others have met there, so that who goes where is worked out again and again, \
         with more than 100 million REGISTERs. Or agents that leave after their calls wait for logins or connections that \
         others want, and whether they use them is not foretold right, with more than 100 million steps of calls.",
        "It would take hours or centuries. Such numbers of steps come from a slip in a unit: no phone tries \
         again every nanosecond. A storm that does not end comes from a capacity that is too small: the registrar \
         serves messages that phones have given up, and the phones send again.",
        "Correct the values that the message names: ten million steps are ten months of one every \
         2.6 s, or a day of one every 9 ms. Many years are simulated as replications of a shorter \
         horizon. Against a storm: a larger `capacity`; a `queue-limit` of at most what is served within \
         `transaction-timeout`; a longer `retry`, and one that spreads the phones (a uniform law, the back-off, \
         `start-spread` after a power cut).",
    ),
    warning(
        "S022",
        "nothing fails",
        "The scenario has no fault, no drain and no calls.",
        "Every agent is in service all the time, whatever the options are.",
        "Add a `[[fault]]`, such as target = \"site X\", at = \"10m\", for = \"20m\".",
    ),
    warning(
        "S023",
        "a fault that hits nobody",
        "No agent has, at its preferred or its peer site, any of the machines or paths that the fault \
         takes down, or the site that is drained, and no call comes in there; or its `loss` or `delay` is of a link between two sites, over which \
         nothing goes that is simulated; or it separates the members of pairs with `split = \"none\"`.",
        "It changes nothing for anybody, which is rarely meant: often a name is a slip, or the agents \
         sit at another location.",
        "Name a target that agents use; `switchover show` lists their sites, servers and locations. A bad network \
         is written as `loss` or `delay` of a path or a location.",
    ),
    warning(
        "S024",
        "a window that is shorter than a staged restore",
        "With `staged-restore` and a window of `restore-when`, the stages count from the start of the \
         window. The last of them begins when it is closed again.",
        "The agents of such a stage never return to their preferred site.",
        "Make the window longer, or the steps shorter; the last stage begins (stages - 1) x step after \
         the window opens.",
    ),
    warning(
        "S025",
        "a key that does nothing",
        "Nothing in the scenario lets a key act: `boot` and `start-spread` want a power cut \
         where its agents sit, `retry-after-refusal` and `retry-after` a registrar that refuses, `t1`, `t2` and `loss` phones over UDP; \
         `calls-simulated = \"windows\"` wants a fault or a drain. Or it is an option of the endpoint, and the presets of the phone types of all its agents say something else.",
        "Results are the same without it, which is rarely meant. A value that is varied changes nothing.",
        "Add what the key waits for, as the help says, or leave the key out.",
    ),
    warning(
        "S026",
        "a file of arrivals that leaves a part of the run out",
        "The CSV file of a queue begins after the start of the run or ends before its end, has no row for less than four hours \
         between two rows with calls, or, with a row for each interval of a week, none for a day from Monday to Friday that is in \
         the run.",
        "Nobody calls where the file has no row. A fault there costs no call, and the table of intervals is empty: this looks as \
         if all were fine.",
        "Add the rows, or change `start` and `horizon` to the time that the file covers. A row of 0 calls says that nobody calls.",
    ),
    warning(
        "S027",
        "calls that nobody is there to take",
        "The groups of a queue have no agents, none of them is on duty in the run, or calls come while none is: at least one is \
         expected then. Faults are not looked at.",
        "These calls fail with and without faults. What a fault costs leaves them out, and the service level of the run has \
         them all.",
        "Name other groups, or give arrivals the hours in which agents are on duty.",
    ),
    warning(
        "S028",
        "more work than agents have time for",
        "The calls that are expected in the run, times the means of `handling` and `after-call`, are more than all the time of \
         the agents of these groups on duty.",
        "Without any fault most callers wait long or give up, so a fault costs few calls more, or none. Often minutes and seconds \
         are mixed up, or calls of a day stand for those of an hour.",
        "Look at the units, or add agents.",
    ),
    warning(
        "S029",
        "departures in the middle of calls",
        "`calls-simulated = \"windows\"`, and agents who take calls may go home (`restore-when = \"idle\"`), be ordered to leave by a \
         drain, or end a shift.",
        "With all calls simulated they wait for the end of the call in progress and the work after it. Outside of windows calls are \
         not known, so nobody waits. Outages, overtime and peaks of logins are others than with all calls.",
        "Simulate all calls where these figures matter. Windows are for what faults cost in calls.",
    ),
];
