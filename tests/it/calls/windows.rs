//! Calls in windows around faults, beside all calls of the same runs.

use switchover::calls::{Asked, Books, Cell, Tally};
use switchover::checks;
use switchover::limits::Bounds;
use switchover::measures::names::Names;
use switchover::model::{Model, Simulated};
use switchover::random::RandomNumbers;
use switchover::scenario::{self, NoFiles};
use switchover::simulation::{self, Simulation};
use switchover::time::Time;

use crate::cli::program::Place;
use crate::closed_form::Estimate;

/// Ten days; agents, calls and faults are the case.
fn model(rest: &str) -> Model {
    with_shift("", rest)
}

fn with_shift(shift: &str, rest: &str) -> Model {
    let text = text(shift, rest);
    let loaded = scenario::load("case.toml", text.as_bytes(), &NoFiles);
    let examined = checks::examine(&loaded, &Names);
    assert!(!examined.has_errors(), "{:?}\n{text}", examined.diagnostics);
    examined.resolved.expect("it is resolved").model
}

fn text(shift: &str, rest: &str) -> String {
    format!(
        "horizon = \"10d\"\n\
         clock = \"Mon 00:00\"\n\
         [application.interaction-workspace]\n\
         disaster-recovery.enabled = true\n\
         disaster-recovery.preferred-site = \"X\"\n\
         disaster-recovery.peer-site = \"Y\"\n\
         [site.X]\n[site.Y]\n\
         [agent-group.first]\nagents = 20\n{shift}\
         [agent-group.second]\nagents = 15\n\
         [agent-group.second.interaction-workspace]\n\
         disaster-recovery.preferred-site = \"Y\"\n\
         disaster-recovery.peer-site = \"X\"\n\
         [[fault]]\ntarget = \"site X\"\nat = \"58h5m\"\nfor = \"20m\"\n\
         [[fault]]\ntarget = \"path office-Y\"\nat = \"106h\"\ntimes = 2\ndown = \"4m\"\nup = \"2h\"\n\
         [[fault]]\ntarget = \"every process\"\nfailure = {{ exponential = \"20d\" }}\nrepair = {{ exponential = \"10m\" }}\n\
         {rest}"
    )
}

fn books(model: &Model, random: RandomNumbers, simulated: Simulated) -> Books {
    let mut model = model.clone();
    // In windows nobody waits for the end of a call before leaving: the agents of both are the same.
    model.calls.simulated = Simulated::Windows;
    if simulated == Simulated::Windows {
        let simulation = Simulation::new(&model, random).unwrap();
        let how = (random, Bounds::USUAL, true);
        return simulation::books(&model, &simulation, how).unwrap().unwrap();
    }
    let without = Model { faults: Vec::new(), drains: Vec::new(), ..model.clone() };
    let [lived, unharmed] = [&model, &without].map(|model| {
        let simulation = Simulation::new(model, random).unwrap();
        let staff = simulation::staff(model, &simulation).unwrap();
        let asked = Asked { model, random, bounds: Bounds::USUAL, many: true };
        asked.all(&staff).unwrap().0
    });
    let unharmed = Some(unharmed);
    Books { lived, unharmed, course: None, unharmed_course: None, windows: None }
}

fn unharmed(books: &Books) -> &Tally {
    books.unharmed.as_ref().unwrap()
}

/// Queues in which a call does not mind which agent of a group has it.
const QUEUES: [&str; 4] = [
    "[[calls]]\nname = \"a\"\narrivals = \"600/h\"\nhandling = { exponential = \"3m\" }\npatience = { exponential = \"1m\" }\nservice-level = \"virtual\"\n",
    "[[calls]]\nname = \"a\"\narrivals = \"560/h\"\nhandling = { lognormal = { median = \"2m\", p95 = \"8m\" } }\n\
     after-call = \"20s\"\n",
    "[[calls]]\nname = \"a\"\narrivals = \"300/h\"\nhandling = { exponential = \"3m\" }\npatience = { exponential = \"1m\" }\n\
     redial = \"50%\"\nredial-delay = { exponential = \"5m\" }\ngroups = [\"second\", \"first\"]\n\
     [[calls]]\nname = \"b\"\narrivals = \"200/h\"\nhandling = \"4m\"\ngroups = [\"first\"]\npatience = \"1m\"\n\
     day-factor = 20\n",
    // Two hours of too many calls in the morning, who wait for ever: the backlog lasts until noon.
    "[[calls]]\nname = \"a\"\narrivals = [{ when = \"08:00-10:00\", rate = \"800/h\" }, { when = \"00:00-24:00\", rate = \"480/h\" }]\n\
     handling = { exponential = \"3m\" }\nafter-call = \"10s\"\n",
];

fn abandoned_lost_answered(tally: &Tally, queue: usize) -> [i64; 3] {
    let cell = tally.total(queue);
    [cell.abandoned, cell.lost, cell.answered].map(|calls| calls as i64)
}

/// What faults cost.
fn cost(books: &Books, queue: usize) -> [i64; 3] {
    let [with, without] =
        [&books.lived, unharmed(books)].map(|tally| abandoned_lost_answered(tally, queue));
    std::array::from_fn(|fate| with[fate] - without[fate])
}

/// Share of the run in windows.
fn share(books: &Books, model: &Model) -> f64 {
    let windows = books.windows.as_ref().unwrap().iter();
    windows.map(|it| (it.end - it.start).as_secs_f64()).sum::<f64>()
        / (model.horizon - Time::ZERO).as_secs_f64()
}

#[test]
fn windows_hold_the_calls_of_the_whole_run_to_the_call() {
    for (number, queues) in QUEUES.iter().enumerate() {
        let model = model(queues);
        for seed in 0..8 {
            let random = RandomNumbers { seed, replication: number as u64 };
            let [full, part] =
                [Simulated::Full, Simulated::Windows].map(|which| books(&model, random, which));
            let (windows, interval) = (part.windows.as_ref().unwrap(), full.lived.interval());
            for queue in 0..model.calls.queues.len() {
                assert_eq!(cost(&part, queue), cost(&full, queue), "{queues} {random:?}");
                let whole = full.lived.cells(queue).iter().zip(unharmed(&full).cells(queue));
                let some = part.lived.cells(queue).iter().zip(unharmed(&part).cells(queue));
                for (at, (whole, some)) in (0..).zip(whole.zip(some)) {
                    let from = Time(at * interval.0);
                    if windows.iter().any(|window| window.contains(&from)) {
                        assert_eq!(some, whole, "{queues} {random:?} interval {at}");
                    } else {
                        assert_eq!(some, (&Cell::default(), &Cell::default()));
                        assert_eq!(whole.0, whole.1, "{queues} {random:?} interval {at}");
                    }
                }
            }
            let share = share(&part, &model);
            assert!(0.0 < share && share < 0.25, "{share}");
        }
    }
}

/// Shifts, and calls that go on while their agents are elsewhere: which agent has a call makes a difference.
const SHIFT: &str =
    "shift = [\"Mon-Sun 08:00-17:00\", \"Mon-Sun 09:00-18:00\"]\narrive-spread = \"5m\"\n";
const UNEQUAL: &str = "[[calls]]\nname = \"a\"\narrivals = [{ when = \"07:30-18:00\", rate = \"500/h\" }, { when = \"00:00-24:00\", rate = \"20/h\" }]\n\
     handling = { exponential = \"3m\" }\npatience = { exponential = \"1m\" }\ncall-at-loss = \"kept\"\n\
     redial = \"50%\"\nredial-delay = { exponential = \"5m\" }\ngroups = [\"second\", \"first\"]\n\
     [[calls]]\nname = \"b\"\narrivals = \"20/h\"\nhandling = \"4m\"\ngroups = [\"first\"]\npatience = \"1m\"\ncall-at-loss = \"requeued\"\n\
     pooled = false\nday-factor = 20\n";

#[test]
fn windows_and_the_whole_run_are_equal_in_distribution_where_it_matters_which_agent_has_a_call() {
    const RUNS: u64 = 60;
    let model = with_shift(SHIFT, UNEQUAL);
    let (mut more, mut other) = ([const { [const { Vec::new() }; 3] }; 2], 0);
    let mut simulated = 0.0;
    for replication in 0..RUNS {
        let random = RandomNumbers { seed: 3, replication };
        let [full, part] =
            [Simulated::Full, Simulated::Windows].map(|which| books(&model, random, which));
        for (queue, more) in more.iter_mut().enumerate() {
            let [full, part] = [&full, &part].map(|books| cost(books, queue));
            other += u64::from(full != part);
            for (fate, more) in more.iter_mut().enumerate() {
                more.push((part[fate] - full[fate]) as f64);
            }
        }
        simulated += share(&part, &model) / RUNS as f64;
    }
    // Otherwise it would not be these runs that this test is about.
    assert!(other > 0);
    assert!(simulated < 0.25, "{simulated}");
    for more in more.into_iter().flatten().filter(|more| more.iter().any(|calls| *calls != 0.0)) {
        Estimate::of(more).agrees(0.0);
    }
}

#[test]
fn a_run_without_any_disturbance_has_no_window() {
    let model = model(QUEUES[0]);
    let calm = Model { drains: Vec::new(), ..model };
    let mut faults = calm.faults.clone();
    faults.truncate(1);
    let late = Model { faults, horizon: Time::from_secs(50 * 3600), ..calm };
    let books = books(&late, RandomNumbers { seed: 1, replication: 0 }, Simulated::Windows);
    assert_eq!(books.windows, Some(Vec::new()));
    assert_eq!(books.lived.total(0), Cell::default());
}

/// Whoever reads a service level must know that it is one of windows.
#[test]
fn answers_say_that_calls_were_simulated_in_windows() {
    let place = Place::new();
    place
        .write("s.toml", &(String::from("calls-simulated = \"windows\"\n") + &text("", QUEUES[0])));
    let said = "Calls were simulated where faults and drains make a difference: ";
    for (count, told) in [("1", "windows, "), ("3", " in the mean. ")] {
        let run = ["run", "s.toml", "--replications", count, "--no-rows", "--out", count];
        let out = place.run(&run).expect(0).out;
        let line = out.lines().find(|line| line.starts_with(said)).expect("a sentence");
        assert!(line.contains(told) && line.ends_with("counts no other time."), "{line}");
    }
}
