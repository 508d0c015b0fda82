//! Flags to the library's filters.

use anyhow::Result;
use newsdex::search::{FacetName, Filters, Sort};

use crate::args::{FacetField, FilterArgs, Order};

/// The filters that the flags name.
pub(crate) fn filters(args: &FilterArgs) -> Result<Filters> {
    Ok(Filters {
        outlets: args.outlet.clone(),
        dates: newsdex::search::DateRange::between(args.from.as_deref(), args.to.as_deref())?,
        persons: args.person.clone(),
        organizations: args.org.clone(),
        places: args.place.clone(),
        actors: args.actor.clone(),
    })
}

/// The order that the flag names.
pub(crate) const fn order(order: Order) -> Sort {
    match order {
        Order::Relevance => Sort::Relevance,
        Order::Date => Sort::Date,
    }
}
