"""반품회송처리: the warehouse end of a claim, parcel by parcel."""
