//! Which shard is asked for: by the command line, or by the variables of an array engine.
//!
//! It reads words and numbers; what a shard holds is `experiment`'s matter.

use std::path::PathBuf;
use std::time::Instant;

use super::args::Shards;
use super::failure::Failure;

/// A shard that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 0.
    pub index: u64,
    /// Of how many.
    pub count: u64,
    /// The directory of all shards.
    pub folder: PathBuf,
}

/// What is asked for in place of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// This shard.
    One(Shard),
    /// How many shards are sensible; asked at this time.
    Plan(Instant),
}

/// What an array engine passes to its tasks.
struct Engine {
    /// The variable with the index of the task.
    index: &'static str,
    /// The variable with the first index, where it may differ.
    first: Option<&'static str>,
    /// The variable with the last index.
    last: Option<&'static str>,
    /// The variable with the number of tasks.
    count: Option<&'static str>,
    /// The first index if no variable says so.
    base: u64,
}

/// Whatever else counts, counts from 0.
const OTHER: Engine = Engine { index: "", first: None, last: None, count: None, base: 0 };

const ENGINES: [Engine; 4] = [
    Engine {
        index: "SLURM_ARRAY_TASK_ID",
        first: Some("SLURM_ARRAY_TASK_MIN"),
        last: Some("SLURM_ARRAY_TASK_MAX"),
        count: Some("SLURM_ARRAY_TASK_COUNT"),
        ..OTHER
    },
    Engine { index: "JOB_COMPLETION_INDEX", ..OTHER },
    Engine { index: "AWS_BATCH_JOB_ARRAY_INDEX", count: Some("AWS_BATCH_JOB_ARRAY_SIZE"), ..OTHER },
    Engine { index: "PARALLEL_SEQ", base: 1, ..OTHER },
];

/// Where a variable's value comes from.
type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Shards {
    /// The shard or the plan that the arguments ask for, if they do.
    ///
    /// # Errors
    /// [`Failure::Usage`].
    pub fn asked(&self) -> Result<Option<Wanted>, Failure> {
        if self.plan {
            return Ok(Some(Wanted::Plan(Instant::now())));
        }
        let shard = self.within(&|name| std::env::var(name).ok())?;
        Ok(shard.map(Wanted::One))
    }

    /// The same with these variables.
    fn within(&self, variables: Variables<'_>) -> Result<Option<Shard>, Failure> {
        let Some(folder) = self.parts.clone() else { return Ok(None) };
        let (said, index, count, base) = match (&self.shard, &self.shard_from) {
            (Some(text), _) => {
                let wrong =
                    || Failure::Usage(format!("--shard {text}: write INDEX/COUNT, as in 0/100"));
                let number = |text: &str| text.trim().parse::<u64>().map_err(|_| wrong());
                let (index, count) = text.split_once('/').ok_or_else(wrong)?;
                let count = Some(number(count)?).filter(|count| *count > 0).ok_or_else(wrong)?;
                (format!("--shard {text}"), number(index)?, count, self.shard_base.unwrap_or(0))
            }
            (None, Some(name)) => {
                let (index, count, base) = self.of_engine(name, variables)?;
                (format!("--shard-from {name}: {index} of {count}"), index, count, base)
            }
            (None, None) => {
                let why = "--parts needs a shard: --shard 0/100, or --shard-from VARIABLE";
                return Err(Failure::Usage(why.to_owned()));
            }
        };
        match index.checked_sub(base).filter(|index| *index < count) {
            Some(index) => Ok(Some(Shard { index, count, folder })),
            None => {
                let last = base.saturating_add(count - 1);
                let help = "--shard-base says which number is the first";
                Err(Failure::Usage(format!("{said}: shards count from {base} to {last}; {help}")))
            }
        }
    }

    /// Index, number of shards and first index, as an array engine says.
    fn of_engine(&self, name: &str, variables: Variables<'_>) -> Result<(u64, u64, u64), Failure> {
        let wrong = |why: &str| Failure::Usage(format!("--shard-from {name}: {why}"));
        let number = |name: &str| match variables(name) {
            None => Ok(None),
            Some(text) => text
                .trim()
                .parse::<u64>()
                .map(Some)
                .map_err(|_| wrong(&format!("the value of {name} is no number: {text}"))),
        };
        let maybe = |name: Option<&str>| name.map_or(Ok(None), number);
        let engine = ENGINES.iter().find(|engine| engine.index == name).unwrap_or(&OTHER);
        let unset = match name.contains('/') {
            true => {
                "it takes the name of a variable; how many shards there are is `--shards COUNT`"
            }
            false => "this variable is not set",
        };
        let index = number(name)?.ok_or_else(|| wrong(unset))?;
        if let Some(count) = self.shards {
            // A part of the array that is run again still counts as the whole does.
            return Ok((index, count, self.shard_base.unwrap_or(engine.base)));
        }
        let (first, last) = (maybe(engine.first)?, maybe(engine.last)?);
        let count = maybe(engine.count)?.filter(|count| *count > 0).ok_or_else(|| {
            wrong("it does not say how many shards there are; add --shards COUNT")
        })?;
        let gaps = first.zip(last).is_some_and(|(first, last)| {
            last.checked_sub(first).and_then(|length| length.checked_add(1)) != Some(count)
        });
        if gaps {
            let help = "add --shards COUNT and --shard-base N of the whole array";
            return Err(wrong(&format!("the array has gaps; {help}")));
        }
        Ok((index, count, self.shard_base.or(first).unwrap_or(engine.base)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(shards: Shards, variables: &[(&str, &str)]) -> Result<(u64, u64), String> {
        let find = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let shards = Shards { parts: Some("parts".into()), ..shards };
        let shard = shards.within(&find).map_err(|failure| failure.to_string())?.unwrap();
        Ok((shard.index, shard.count))
    }

    fn shard(text: &str, base: Option<u64>) -> Result<(u64, u64), String> {
        asked(Shards { shard: Some(text.to_owned()), shard_base: base, ..Shards::default() }, &[])
    }

    fn from(
        name: &str,
        (shards, shard_base): (Option<u64>, Option<u64>),
        variables: &[(&str, &str)],
    ) -> Result<(u64, u64), String> {
        let shard_from = Some(name.to_owned());
        asked(Shards { shard_from, shards, shard_base, ..Shards::default() }, variables)
    }

    #[test]
    fn a_shard_counts_from_its_base() {
        assert_eq!(shard("0/8", None), Ok((0, 8)));
        assert_eq!(shard("8/8", Some(1)), Ok((7, 8)));
        let help = "--shard-base says which number is the first";
        let why = |text: &str, range: &str| {
            Err(format!("--shard {text}: shards count from {range}; {help}"))
        };
        assert_eq!(shard("8/8", None), why("8/8", "0 to 7"));
        assert_eq!(shard("0/8", Some(1)), why("0/8", "1 to 8"));
        for text in ["8", "1/0", "a/8", "-1/8"] {
            let why = format!("--shard {text}: write INDEX/COUNT, as in 0/100");
            assert_eq!(shard(text, None), Err(why));
        }
    }

    /// The variables of a Slurm array.
    fn slurm([id, first, last, count]: [&str; 4]) -> [(&'static str, &str); 4] {
        [
            ("SLURM_ARRAY_TASK_ID", id),
            ("SLURM_ARRAY_TASK_MIN", first),
            ("SLURM_ARRAY_TASK_MAX", last),
            ("SLURM_ARRAY_TASK_COUNT", count),
        ]
    }

    #[test]
    fn slurm_says_all() {
        let name = "SLURM_ARRAY_TASK_ID";
        assert_eq!(from(name, (None, None), &slurm(["5", "1", "8", "8"])), Ok((4, 8)));
        assert_eq!(from(name, (None, None), &slurm(["0", "0", "7", "8"])), Ok((0, 8)));
        // `--array=2,5` of an array of eight that began with 1.
        let some = slurm(["5", "2", "5", "2"]);
        assert_eq!(from(name, (Some(8), Some(1)), &some), Ok((4, 8)));
        let help = "add --shards COUNT and --shard-base N of the whole array";
        let why = format!("--shard-from {name}: the array has gaps; {help}");
        assert_eq!(from(name, (None, None), &some), Err(why));
    }

    #[test]
    fn other_engines_say_less() {
        let index = "JOB_COMPLETION_INDEX";
        let why = "it does not say how many shards there are; add --shards COUNT";
        let why = Err(format!("--shard-from {index}: {why}"));
        assert_eq!(from(index, (None, None), &[(index, "3")]), why);
        assert_eq!(from(index, (Some(8), None), &[(index, "3")]), Ok((3, 8)));
        let batch = [("AWS_BATCH_JOB_ARRAY_INDEX", "3"), ("AWS_BATCH_JOB_ARRAY_SIZE", "8")];
        assert_eq!(from("AWS_BATCH_JOB_ARRAY_INDEX", (None, None), &batch), Ok((3, 8)));
        let parallel = [("PARALLEL_SEQ", "8")];
        assert_eq!(from("PARALLEL_SEQ", (Some(8), None), &parallel), Ok((7, 8)));
        assert_eq!(from("SGE_TASK_ID", (Some(8), Some(1)), &[("SGE_TASK_ID", "1")]), Ok((0, 8)));
        let why = Err(format!("--shard-from {index}: this variable is not set"));
        assert_eq!(from(index, (Some(8), None), &[]), why);
        let why = "it takes the name of a variable; how many shards there are is `--shards COUNT`";
        let why = Err(format!("--shard-from {index}/8: {why}"));
        assert_eq!(from(&format!("{index}/8"), (None, None), &[]), why);
        let why = format!("--shard-from {index}: the value of {index} is no number: x");
        assert_eq!(from(index, (Some(8), None), &[(index, "x")]), Err(why));
    }
}
