/**
 * Health, endpoint and meters of API tokens, for applications with Spring Boot's actuator.
 *
 * <p>Names of meters, of their tags and of the members of the endpoint stand in dashboards: they are added to, never renamed. No tag has
 * a value that a request chooses.
 */
@NullMarked
package dev.countermark.spring.actuate;

import org.jspecify.annotations.NullMarked;
