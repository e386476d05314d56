//! Calendar dates with the precision that a source gives: a year, a month or a day.

use std::{cmp::Ordering, fmt, str::FromStr};

/// A date that may be known to the year or the month only. Unknown parts are zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Date {
    /// Year of the Gregorian calendar.
    pub year: i16,
    /// Month 1–12, or 0 when unknown.
    pub month: u8,
    /// Day 1–31, or 0 when unknown.
    pub day: u8,
}

/// What a dated fact says about one day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// The fact held on that day.
    Yes,
    /// The day lies in the imprecise edge of the period, or behind the date it was last checked at.
    Maybe,
    /// The fact did not hold yet.
    NotYet,
    /// The fact no longer held.
    NoLonger,
}

impl Date {
    /// A date known to the day. Returns `None` for a day that no calendar has.
    pub fn from_ymd(year: i16, month: u8, day: u8) -> Option<Self> {
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }

    /// The earliest day the date may mean.
    pub fn earliest(self) -> (i16, u8, u8) {
        (self.year, self.month.max(1), self.day.max(1))
    }

    /// The latest day the date may mean (31 stands for the end of any month).
    pub fn latest(self) -> (i16, u8, u8) {
        (
            self.year,
            if self.month == 0 { 12 } else { self.month },
            if self.day == 0 { 31 } else { self.day },
        )
    }

    /// Whether a period from `start` to `end` held on `day`, given that it was last checked at `as_of`.
    /// The end day itself counts as held, as papers report the last day of an office.
    pub fn holds(start: Option<Self>, end: Option<Self>, as_of: Option<Self>, day: Self) -> Holds {
        if let Some(start) = start {
            if day.latest() < start.earliest() {
                return Holds::NotYet;
            }
            if day.earliest() < start.latest() {
                return Holds::Maybe;
            }
        }
        match end {
            Some(end) if day.earliest() > end.latest() => Holds::NoLonger,
            Some(end) if day.latest() > end.earliest() && day != end => Holds::Maybe,
            Some(_) => Holds::Yes,
            None => match as_of {
                Some(seen) if day.earliest() > seen.latest() => Holds::Maybe,
                _ => Holds::Yes,
            },
        }
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.year, self.month, self.day).cmp(&(other.year, other.month, other.day))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
            if self.day > 0 {
                write!(f, "-{:02}", self.day)?;
            }
        }
        Ok(())
    }
}

impl FromStr for Date {
    type Err = String;

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    fn from_str(s: &str) -> Result<Self, String> {
        let bad = || format!("'{s}' is not a date of the form YYYY-MM-DD");
        let mut parts = s.split('-');
        let year = parts
            .next()
            .filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))
            .ok_or_else(bad)?;
        let mut two = || match parts.next() {
            None => Ok(0),
            Some(p) if p.len() == 2 && p.bytes().all(|b| b.is_ascii_digit()) => {
                p.parse::<u8>().map_err(|_| bad())
            }
            Some(_) => Err(bad()),
        };
        let (month, day) = (two()?, two()?);
        if parts.next().is_some() {
            return Err(bad());
        }
        let year = year.parse().map_err(|_| bad())?;
        match (month, day) {
            (0, 0) if s.len() == 4 => Ok(Self {
                year,
                month: 0,
                day: 0,
            }),
            (1..=12, 0) if s.len() == 7 => Ok(Self { year, month, day: 0 }),
            _ => Self::from_ymd(year, month, day).ok_or_else(bad),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints() {
        for s in ["2024", "2024-12", "2024-02-29"] {
            assert_eq!(s.parse::<Date>().unwrap().to_string(), s);
        }
        for s in [
            "",
            "24",
            "2024-13",
            "2023-02-29",
            "2024-1-1",
            "2024-12-18-1",
            "abcd-12-01",
            "2024-00",
            "2024-12-00",
        ] {
            assert!(s.parse::<Date>().is_err(), "{s}");
        }
    }

    #[test]
    fn periods() {
        let d = |s: &str| Some(s.parse::<Date>().unwrap());
        let on = |s: &str| s.parse::<Date>().unwrap();
        assert_eq!(
            Date::holds(d("2021-12-08"), d("2025-05-06"), None, on("2024-12-18")),
            Holds::Yes
        );
        assert_eq!(
            Date::holds(d("2021-12-08"), d("2025-05-06"), None, on("2021-12-07")),
            Holds::NotYet
        );
        assert_eq!(
            Date::holds(d("2021-12-08"), d("2025-05-06"), None, on("2025-05-06")),
            Holds::Yes
        );
        assert_eq!(
            Date::holds(d("2021-12-08"), d("2025-05-06"), None, on("2025-05-07")),
            Holds::NoLonger
        );
        assert_eq!(
            Date::holds(d("2019"), None, d("2022-07"), on("2019-03-01")),
            Holds::Maybe
        );
        assert_eq!(
            Date::holds(d("2019"), None, d("2022-07"), on("2021-03-01")),
            Holds::Yes
        );
        assert_eq!(
            Date::holds(d("2019"), None, d("2022-07"), on("2024-03-01")),
            Holds::Maybe
        );
    }
}
